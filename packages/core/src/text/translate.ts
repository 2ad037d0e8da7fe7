/** Replaces the placeholders {0}, {1} and so on of a message with values. */
export type Translate = (message: string, ...values: readonly (string | number)[]) => string

/** Replaces placeholders only: the message stays English. */
export const translateToEnglish: Translate = (message, ...values) =>
	message.replace(/\{(\d+)\}/g, (placeholder, index) => String(values[Number(index)] ?? placeholder))

/** How messages are translated, and the language (BCP 47) of number formats. */
export type Translation = { readonly translate: Translate; readonly language: string }

let translation: Translation = { translate: translateToEnglish, language: "en" }

/**
 * Sets the translation of all later messages. Until it is called, and in the terminal, messages are in English. Each
 * bundle has its own copy of this module, so `currentTranslation()` is passed to a bundle that is loaded later.
 */
export function setTranslation(newTranslation: Translation): void {
	translation = newTranslation
}

export function currentTranslation(): Translation {
	return translation
}

/**
 * A message for the user in their language. The English message is the key: in `l10n/`, and in the webview's locales
 * for messages that the webview shows.
 */
export const t: Translate = (message, ...values) => translation.translate(message, ...values)

/** Formats an integer in the user's language. */
export function formatCount(count: number): string {
	return count.toLocaleString(translation.language)
}
