import fc from "fast-check"

/** Content of a file that another program wrote or that was damaged. */
export type InvalidFile = {
	/** `null` when a folder exists at the path of the file. */
	readonly bytes: Buffer | null
	/** Description for the message of a failing test. */
	readonly description: string
}

const ODD_VALUES: readonly unknown[] = [
	null,
	true,
	0,
	-1,
	1e308,
	-1e308,
	2 ** 53,
	0.1,
	"",
	" ",
	"__proto__",
	"constructor",
	"\u0000",
	"\u202e\ud800",
	"x".repeat(100_000),
	[],
	[[]],
	{},
	[null],
	{ toString: 1 },
	{ length: -1 },
	"2026-13-45T99:99:99Z",
]

/**
 * JSON texts that no JavaScript value serializes to: numbers out of range, prototype keys, duplicate keys, deep
 * nesting.
 */
const ODD_TEXTS = [
	"NaN",
	"1e999",
	"-1e999",
	"1".repeat(400),
	'{"__proto__":{"polluted":"yes"}}',
	'{"constructor":{"prototype":{"polluted":"yes"}}}',
	'{"a":1,"a":2}',
	`${"[".repeat(20_000)}${"]".repeat(20_000)}`,
	`${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`,
] as const

const POLLUTING = ["__proto__", "constructor", "prototype", "toString", "hasOwnProperty", "unknownKey"]

type Path = readonly (string | number)[]

/** Generates variants of a valid file with one or several defects, and files of unrelated content. */
export function invalidFiles(valid: unknown): fc.Arbitrary<InvalidFile> {
	const text = JSON.stringify(valid)
	const paths = pathsOf(valid)
	const path = fc.constantFrom(...paths)
	const oddValue = fc.oneof(fc.constantFrom(...ODD_VALUES), fc.jsonValue({ maxDepth: 3 }))
	const edit = fc.oneof(
		{ weight: 4, arbitrary: fc.record({ kind: fc.constant("set" as const), path, value: oddValue }) },
		{ weight: 2, arbitrary: fc.record({ kind: fc.constant("remove" as const), path }) },
		{
			weight: 2,
			arbitrary: fc.record({
				kind: fc.constant("add" as const),
				path,
				key: fc.constantFrom(...POLLUTING),
				value: oddValue,
			}),
		},
		{ weight: 1, arbitrary: fc.record({ kind: fc.constant("duplicate" as const), path }) },
	)
	const edited = fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => ({
		description: JSON.stringify(edits).slice(0, 300),
		text: JSON.stringify(withEdits(valid, edits)) ?? "",
	}))
	const oddText = fc
		.tuple(path, fc.constantFrom(...ODD_TEXTS))
		.map(([at, odd]) => ({ description: `${at.join(".")} = ${odd.slice(0, 40)}`, text: withText(valid, at, odd) }))
	const cut = fc.nat(text.length).map((at) => ({ description: `cut at ${at}`, text: text.slice(0, at) }))
	const patched = fc
		.tuple(fc.nat(text.length), fc.nat(30), fc.string({ unit: "binary", maxLength: 20 }))
		.map(([at, length, inserted]) => ({
			description: `${length} characters at ${at} replaced`,
			text: text.slice(0, at) + inserted + text.slice(at + length),
		}))
	const anyJson = fc.jsonValue().map((value) => ({ description: "any JSON", text: JSON.stringify(value) }))
	const texts = fc.oneof(
		{ weight: 6, arbitrary: edited },
		{ weight: 3, arbitrary: oddText },
		{ weight: 2, arbitrary: cut },
		{ weight: 2, arbitrary: patched },
		{ weight: 1, arbitrary: anyJson },
	)
	const encoded = fc
		.tuple(
			texts,
			fc.constantFrom(...(["utf8", "utf8", "utf8", "utf8", "utf8", "bom", "utf16le", "latin1"] as const)),
		)
		.map(([{ description, text: invalid }, encoding]): InvalidFile => ({
			description: `${description}; ${encoding}`,
			bytes: encode(invalid, encoding),
		}))
	const bytes = fc
		.uint8Array({ maxLength: 300 })
		.map((values): InvalidFile => ({ description: "any bytes", bytes: Buffer.from(values) }))
	const others = fc.constantFrom<InvalidFile>(
		{ description: "empty", bytes: Buffer.alloc(0) },
		{ description: "zeros, as after a power failure", bytes: Buffer.alloc(4_096) },
		{ description: "a folder", bytes: null },
	)
	return fc.oneof(
		{ weight: 16, arbitrary: encoded },
		{ weight: 1, arbitrary: bytes },
		{ weight: 1, arbitrary: others },
	)
}

function encode(text: string, encoding: "utf8" | "bom" | "utf16le" | "latin1"): Buffer {
	return encoding === "bom" ? Buffer.from(`\ufeff${text}`) : Buffer.from(text, encoding)
}

function pathsOf(value: unknown, path: Path = []): Path[] {
	if (typeof value !== "object" || value === null) return [path]
	const inside = Object.entries(value).flatMap(([key, member]) =>
		pathsOf(member, [...path, Array.isArray(value) ? Number(key) : key]),
	)
	return [path, ...inside]
}

type Edit =
	| { readonly kind: "set"; readonly path: Path; readonly value: unknown }
	| { readonly kind: "remove" | "duplicate"; readonly path: Path }
	| { readonly kind: "add"; readonly path: Path; readonly key: string; readonly value: unknown }

function withEdits(valid: unknown, edits: readonly Edit[]): unknown {
	const box = { root: structuredClone(valid) }
	for (const edit of edits) applyEdit(box, edit)
	return box.root
}

function applyEdit(box: { root: unknown }, edit: Edit): void {
	const path: Path = ["root", ...edit.path]
	const holder = valueAt(box, path.slice(0, -1))
	const key = path.at(-1) as string
	if (typeof holder !== "object" || holder === null) return
	if (edit.kind === "set") defineOwn(holder, key, structuredClone(edit.value))
	else if (edit.kind === "remove") Reflect.deleteProperty(holder, key)
	else if (edit.kind === "duplicate" && Array.isArray(holder)) holder.push(structuredClone(holder[Number(key)]))
	else if (edit.kind === "add") {
		const inside = (holder as Record<string, unknown>)[key]
		if (typeof inside === "object" && inside !== null) defineOwn(inside, edit.key, structuredClone(edit.value))
	}
}

/** Defines an own property, even when the key is `__proto__`. */
function defineOwn(holder: object, key: string, value: unknown): void {
	Object.defineProperty(holder, key, { value, enumerable: true, configurable: true, writable: true })
}

function valueAt(value: unknown, path: Path): unknown {
	return path.reduce<unknown>(
		(inside, key) =>
			typeof inside === "object" && inside !== null && Object.hasOwn(inside, key)
				? (inside as Record<string | number, unknown>)[key]
				: undefined,
		value,
	)
}

const PLACEHOLDER = "mark-4c1e9a"
function withText(valid: unknown, path: Path, text: string): string {
	return JSON.stringify(withEdits(valid, [{ kind: "set", path, value: PLACEHOLDER }])).replace(
		`"${PLACEHOLDER}"`,
		() => text,
	)
}
