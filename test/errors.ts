let expected = false;

/** Says that the shop will log an error in this test. It then fails when none is logged. */
export function expectErrors(): void {
  expected = true;
}

export const errorsAreExpected = (): boolean => expected;

export function forgetExpectedErrors(): void {
  expected = false;
}
