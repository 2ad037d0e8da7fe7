/**
 * Whether a version of Node.js fits `engines.node` or `.nvmrc`. An exact version also admits newer ones of its major
 * version: projects pin it for their own builds. A text that is no range admits every version.
 * @param version like "22.23.1"
 */
export function fitsNode(version: string, wanted: string): boolean {
	return wanted.split("||").some((range) =>
		range
			.replaceAll(/([<>=^~])\s+/g, "$1")
			.trim()
			.split(/\s+/)
			.every((comparator) => fitsComparator(version, comparator)),
	)
}

function fitsComparator(version: string, comparator: string): boolean {
	const [, operator, limit] = /^([<>]=?|)[\^~=v]*(\d+(?:\.\d+){0,2})/.exec(comparator) ?? []
	if (limit === undefined) return true
	// "<=24" admits every 24: only the parts that are named are compared.
	const compared = version.split(".").slice(0, limit.split(".").length).join(".")
	const order = compared.localeCompare(limit, "en", { numeric: true })
	if (operator === ">=") return order >= 0
	if (operator === ">") return order > 0
	if (operator === "<=") return order <= 0
	if (operator === "<") return order < 0
	return order >= 0 && Number.parseInt(version) === Number.parseInt(limit)
}
