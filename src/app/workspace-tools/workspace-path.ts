import { Refusal } from "./refusal"
import { startOf, visible } from "./shown-text"

const MAX_CHARACTERS = 4_096
/** Windows opens a device for these, whatever folder they are said to be in. */
const DEVICE_NAME = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\..*)?$/i

/**
 * The segments of a path that the model wrote, without "." and "..". None = the workspace itself. A backslash separates
 * as a slash does. Throws a refusal for what is no path below the workspace: the file system is not asked.
 * @param windows whether names that mean something else on Windows are refused too
 */
export function parseWorkspacePath(text: string, windows: boolean): string[] {
	const refuse = (why: string) => new Refusal(`The path "${startOf(visible(text), 200)}" ${why}.`)
	if (text.length > MAX_CHARACTERS) throw refuse("is too long")
	if (/\p{Cc}/u.test(text)) throw refuse("has a control character in it")
	const path = text.replaceAll("\\", "/")
	if (path.startsWith("/")) throw refuse("is absolute; paths are relative to the workspace")
	if (path.startsWith("~")) throw refuse('begins with "~"; paths are relative to the workspace')
	// Drive letters, addresses, and the alternate data streams of Windows.
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
