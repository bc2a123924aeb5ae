/** What is known of one person's taste, and of everybody's. */
export type Taste = {
  /** Products that people redeemed who redeemed what this person did: how many people. */
  together: ReadonlyMap<number, number>;
  /** Categories of what this person redeemed lately: how many lines. */
  categories: ReadonlyMap<string, number>;
  /** How often everybody redeems a product. */
  popular: ReadonlyMap<number, number>;
};

export type Rankable = { id: number; categorySlug: string | null; pointsPrice: number; stock: number };

/** What speaks for a product, each as a part of the most that any has. What the person can pay for now comes before what they must save for. */
const WEIGHTS = { together: 4, category: 2, popular: 1, affordable: 0.5 } as const;

/** The goods that fit best first: nothing that is out of stock, and among equals the newest. Without a taste it is what is popular. */
export function rank<Card extends Rankable>(cards: readonly Card[], taste: Taste, balance: number | null): Card[] {
  const most = { together: highest(taste.together), category: highest(taste.categories), popular: highest(taste.popular) };
  const score = ({ id, categorySlug, pointsPrice }: Card): number =>
    WEIGHTS.together * part(taste.together.get(id), most.together) +
    WEIGHTS.category * part(taste.categories.get(categorySlug ?? ""), most.category) +
    WEIGHTS.popular * part(taste.popular.get(id), most.popular) +
    (balance !== null && pointsPrice > 0 && pointsPrice <= balance ? WEIGHTS.affordable : 0);
  return cards
    .filter(({ stock }) => stock > 0)
    .map((card) => ({ card, score: score(card) }))
    .sort((a, b) => b.score - a.score || b.card.id - a.card.id)
    .map(({ card }) => card);
}

const highest = (counts: ReadonlyMap<unknown, number>): number => Math.max(1, ...counts.values());
const part = (count: number | undefined, most: number): number => (count ?? 0) / most;
