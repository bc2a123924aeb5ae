/** 105 percent as the factor that people read: `1.05`. */
export const timesOf = (multiplierPercent: number): string => String(multiplierPercent / 100);
