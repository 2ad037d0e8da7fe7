/** Puts values where a sentence has {0}, {1} and so on. */
export type Translate = (sentence: string, ...values: readonly (string | number)[]) => string

/** The sentence as it is written. */
export const translateToEnglish: Translate = (sentence, ...values) =>
	sentence.replace(/\{(\d+)\}/g, (place, index) => String(values[Number(index)] ?? place))

/** How sentences are said, and in which language numbers are written. */
export type Translation = { readonly translate: Translate; readonly language: string }

let translation: Translation = { translate: translateToEnglish, language: "en" }

/**
 * From now on sentences are said so; until then they are English, as they are in the terminal. Each bundle has a copy of this
 * module, so a bundle that is loaded later is told `currentTranslation()`.
 */
export function setTranslation(other: Translation): void {
	translation = other
}

export function currentTranslation(): Translation {
	return translation
}

/** A sentence for people, in their language. The English one is its key: in l10n/, and of what the view says in its locales. */
export const t: Translate = (sentence, ...values) => translation.translate(sentence, ...values)

/** A whole number, as people write it in their language. */
export function formatCount(count: number): string {
	return count.toLocaleString(translation.language)
}
