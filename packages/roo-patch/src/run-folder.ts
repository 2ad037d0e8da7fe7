import { hostname } from "node:os"
import type { CheckoutFiles } from "./checkout-files"
import { IoFailure, Refusal } from "./refusal"

/** Folder in the checkout for the files of one run. It exists during a run only, and is its lock. */
export const RUN_FOLDER = ".bedrock-tiers-run"

/** Another run has created or deleted the folder between two operations of this one. */
const LOST_RACE = new Set(["EEXIST", "ENOENT", "ENOTEMPTY"])

const OTHER_RUN = "Another run of the patch is changing this checkout. Run this again after its end."

const LOCK = /^lock-([1-9]\d{0,8})$/
const TEMPORARY = /^(?:lock-|new-(?=\d+-))([1-9]\d{0,8})(?:-\d+)?$/

/**
 * The lock of a run, and its temporary files, which are written here first and then moved to their paths. The folder
 * of a process that has ended is taken over. Every name contains the id of its process, so that two runs that take over
 * the same folder cannot delete each other's files: one of them fails to create or to delete the folder.
 */
export class RunFolder {
	#fileCount = 0

	private constructor(private readonly files: CheckoutFiles) {}

	/** @throws Refusal when another run is active, IoFailure when the checkout cannot be written */
	static open(files: CheckoutFiles): RunFolder {
		try {
			removeStaleFolder(files)
			files.createFolder(RUN_FOLDER)
			return RunFolder.#lock(files)
		} catch (error) {
			if (error instanceof IoFailure && LOST_RACE.has(error.code)) throw new Refusal(OTHER_RUN)
			throw error
		}
	}

	static #lock(files: CheckoutFiles): RunFolder {
		const run = new RunFolder(files)
		const lock = `lock-${process.pid}`
		try {
			files.create(`${RUN_FOLDER}/${lock}`, hostname(), null)
			// Another run may have deleted the empty folder and created it again.
			if (files.list(RUN_FOLDER)?.some((name) => name !== lock)) throw new Refusal(OTHER_RUN)
		} catch (error) {
			// A lock that exists already belongs to a process with the same id on another machine.
			if (!(error instanceof IoFailure && LOST_RACE.has(error.code))) run.close()
			throw error
		}
		return run
	}

	/** Writes a temporary file. Returns its path. */
	createFile(content: string | Buffer, mode: number | null): string {
		const path = `${RUN_FOLDER}/new-${process.pid}-${++this.#fileCount}`
		this.files.create(path, content, mode)
		return path
	}

	/** Best effort: the next run deletes what remains. */
	close(): void {
		try {
			removeFilesOf(this.files, process.pid)
			this.files.removeFolder(RUN_FOLDER)
		} catch {
			// A failure to clean up must not hide the result of the run.
		}
	}
}

/** @throws Refusal when another run is changing the checkout, so that a plan would be based on half of its changes */
export function assertNoActiveRun(files: CheckoutFiles): void {
	for (const name of files.list(RUN_FOLDER) ?? []) {
		const pid = Number(LOCK.exec(name)?.[1])
		if (!pid) continue
		const owner = files.readBytes(`${RUN_FOLDER}/${name}`)?.toString()
		// A process that was killed may have written only a part of the name of its machine.
		if (!isRunning(pid) && hostname().startsWith(owner ?? "")) continue
		throw new Refusal(
			`Another run of the patch (process ${pid}) is changing this checkout. Wait for its end. ` +
				`If there is none, delete the folder ${RUN_FOLDER}.`,
		)
	}
}

function removeStaleFolder(files: CheckoutFiles): void {
	const names = files.list(RUN_FOLDER)
	if (names === null) return
	const unknownName = names.find((name) => !TEMPORARY.test(name))
	if (unknownName !== undefined)
		throw new Refusal(`${RUN_FOLDER}/${unknownName} is no file of the patch. Delete the folder ${RUN_FOLDER}.`)
	assertNoActiveRun(files)
	for (const pid of new Set(names.map((name) => Number(TEMPORARY.exec(name)?.[1])))) removeFilesOf(files, pid)
	files.removeFolder(RUN_FOLDER)
}

/** Deletes the files of one process; its lock is the last one. */
function removeFilesOf(files: CheckoutFiles, pid: number): void {
	const names = (files.list(RUN_FOLDER) ?? []).filter((name) => Number(TEMPORARY.exec(name)?.[1]) === pid)
	for (const name of names.toSorted().toReversed()) files.remove(`${RUN_FOLDER}/${name}`)
}

/** A lock with the id of this process is that of an earlier process. */
function isRunning(pid: number): boolean {
	if (pid === process.pid) return false
	try {
		process.kill(pid, 0)
		return true
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === "EPERM"
	}
}
