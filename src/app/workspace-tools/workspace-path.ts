import { Refusal } from "./refusal"
import { truncate, visible } from "./shown-text"

const MAX_CHARACTERS = 4_096
/** Windows opens a device for these names in any folder. */
const DEVICE_NAME = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\..*)?$/i

/**
 * Splits a path that the model wrote into segments and resolves "." and "..". An empty result means the workspace
 * itself. Slash and backslash are both separators. The file system is not accessed.
 * @param windows whether to refuse names that Windows interprets differently, such as device names
 * @throws Refusal when the text is not a path below the workspace
 */
export function parseWorkspacePath(text: string, windows: boolean): string[] {
	const refuse = (why: string) => new Refusal(`The path "${truncate(visible(text), 200)}" ${why}.`)
	if (text.length > MAX_CHARACTERS) throw refuse("is too long")
	if (/\p{Cc}/u.test(text)) throw refuse("has a control character in it")
	const path = text.replaceAll("\\", "/")
	if (path.startsWith("/")) throw refuse("is absolute; paths are relative to the workspace")
	if (path.startsWith("~")) throw refuse('begins with "~"; paths are relative to the workspace')
	// Refuses drive letters, URLs, and alternate data streams of Windows.
	if (path.includes(":")) throw refuse('has a ":" in it, which no path here may have')
	const segments: string[] = []
	for (const segment of path.split("/")) {
		if (segment === "" || segment === ".") continue
		if (segment !== "..") segments.push(segment)
		else if (segments.pop() === undefined) throw refuse("leaves the workspace")
	}
	if (windows && segments.some((segment) => /[. ]$/.test(segment) || DEVICE_NAME.test(segment)))
		throw refuse("has a name in it that Windows takes for another")
	return segments
}
