/** Puts values where a sentence has {0}, {1} and so on. */
export type Translate = (sentence: string, ...values: readonly (string | number)[]) => string

/** The sentence as it is written. */
export const inEnglish: Translate = (sentence, ...values) =>
	sentence.replace(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place))

let translate = inEnglish

/** From now on sentences are said so; until then they are English, as they are in the terminal. */
export function sayIn(translation: Translate): void {
	translate = translation
}

/** A sentence for people, in their language. The English one is its key in l10n/. */
export const t: Translate = (sentence, ...values) => translate(sentence, ...values)
