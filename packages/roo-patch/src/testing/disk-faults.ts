import type fs from "node:fs"

type FileSystem = typeof fs
type Operation = (...args: never[]) => unknown

/** The functions of `node:fs` with which the patch changes a disk. */
const CHANGING = [
	"openSync",
	"writeFileSync",
	"fchmodSync",
	"renameSync",
	"unlinkSync",
	"mkdirSync",
	"rmdirSync",
] as const

/** One change of the disk that is about to happen. */
export type DiskChange = {
	readonly operation: (typeof CHANGING)[number]
	/** Writes the first half of the content. Only for `writeFileSync`. */
	readonly writeHalf: () => void
}

/** Returns functions that call `beforeChange` before each change of the disk. An error of it prevents the change. */
export function withDiskFaults(
	original: FileSystem,
	beforeChange: (change: DiskChange) => void,
): Pick<FileSystem, (typeof CHANGING)[number]> {
	const wrapped = CHANGING.map((operation) => {
		const run = original[operation] as Operation
		return [
			operation,
			(...args: never[]) => {
				const [target, content] = args as unknown[]
				const isReading = operation === "openSync" && (Number(content) & original.constants.O_CREAT) === 0
				const writeHalf = () => {
					if (operation !== "writeFileSync") return
					const bytes = Buffer.from(content as string | Buffer)
					original.writeFileSync(target as number, bytes.subarray(0, bytes.length / 2))
				}
				if (!isReading) beforeChange({ operation, writeHalf })
				return run(...args)
			},
		]
	})
	return Object.fromEntries(wrapped) as Pick<FileSystem, (typeof CHANGING)[number]>
}
