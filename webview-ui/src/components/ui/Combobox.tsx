import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react"
import { useLocale } from "../../locale"
import { FieldNotes } from "./FieldNotes"

export type ComboboxOption = {
	readonly value: string
	readonly text: string
	/** A second line. */
	readonly detail?: string
	/** Options with the same group that follow each other stand under its heading. */
	readonly group?: string
	/** What a search finds it by. */
	readonly keywords: string
	/** Stays in the list whatever is searched for. */
	readonly always?: boolean
}

type ComboboxProps = {
	readonly label: string
	/** What it shows while nothing is being searched for. */
	readonly shown: string
	readonly value: string
	/** Called while the list is open only. */
	readonly options: () => readonly ComboboxOption[]
	readonly onChange: (value: string) => void
	readonly hint?: ReactNode
	readonly error?: string | undefined
}

const PAGE = 8

/**
 * A choice among many, with a search: the editable combobox with a list popup of the ARIA practices. What is typed only
 * searches. It shows what is chosen, except while it is open; leaving it in any way but a choice changes nothing.
 */
export function Combobox({ label, shown, value, options, onChange, hint, error }: ComboboxProps) {
	const { t } = useLocale()
	const id = useId()
	const list = useRef<HTMLDivElement>(null)
	/** Null = the list is closed; "" = all of it. */
	const [query, setQuery] = useState<string | null>(null)
	const [activeValue, setActiveValue] = useState<string | null>(null)
	const isOpen = query !== null
	const found = isOpen ? search(options(), query) : []
	const active = found.findIndex((option) => option.value === activeValue)
	const optionId = (index: number) => `${id}-option-${index}`

	useEffect(() => {
		if (isOpen) list.current?.scrollIntoView({ block: "nearest" })
	}, [isOpen])
	useEffect(() => {
		if (isOpen) list.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" })
	}, [isOpen, activeValue, query])

	const open = () => {
		setQuery("")
		setActiveValue(value)
	}
	const close = () => setQuery(null)
	const choose = (option: ComboboxOption | undefined) => {
		close()
		if (option && option.value !== value) onChange(option.value)
	}
	const move = (step: number) => {
		if (!isOpen) return open()
		const next = Math.min(Math.max(active + step, 0), found.length - 1)
		setActiveValue(found[next]?.value ?? null)
	}
	const type = (text: string) => {
		setQuery(text)
		setActiveValue(search(options(), text)[0]?.value ?? null)
	}

	return (
		<div className="field">
			<label htmlFor={id}>{label}</label>
			<div className="dropdown combobox">
				<input
					id={id}
					role="combobox"
					type="text"
					autoComplete="off"
					spellCheck={false}
					value={query ?? shown}
					placeholder={shown}
					aria-expanded={isOpen}
					aria-controls={`${id}-list`}
					aria-autocomplete="list"
					aria-activedescendant={active >= 0 ? optionId(active) : undefined}
					aria-invalid={error !== undefined}
					aria-describedby={`${id}-notes`}
					onClick={() => !isOpen && open()}
					onFocus={(event) => event.currentTarget.select()}
					onInput={({ currentTarget, nativeEvent }) =>
						// What is typed into the closed field begins a search: it does not go on from what is chosen.
						type((!isOpen && (nativeEvent as InputEvent).data) || currentTarget.value)
					}
					onBlur={close}
					onKeyDown={(event) => onKey(event, { isOpen, move, close, choose: () => choose(found[active]) })}
				/>
				<svg className="dropdown-arrow" viewBox="0 0 16 16" aria-hidden="true">
					<path d="M3 6l5 5 5-5" />
				</svg>
				<div
					ref={list}
					id={`${id}-list`}
					role="listbox"
					aria-label={label}
					className="combobox-list"
					hidden={!isOpen}
					// The focus stays in the field.
					onMouseDown={(event) => event.preventDefault()}>
					{groups(found).map(({ group, members }) => (
						<div
							key={`group ${group}`}
							role={group === undefined ? "presentation" : "group"}
							aria-label={group}>
							{group !== undefined && (
								<div className="combobox-group" aria-hidden="true">
									{group}
								</div>
							)}
							{members.map(({ option, index }) => (
								<div
									key={option.value}
									id={optionId(index)}
									role="option"
									className="combobox-option"
									aria-selected={option.value === value}
									data-active={index === active || undefined}
									onClick={() => choose(option)}>
									<span>
										{option.value === value && <span aria-hidden="true">✓ </span>}
										{option.text}
									</span>
									{option.detail !== undefined && (
										<span className="combobox-detail">{option.detail}</span>
									)}
								</div>
							))}
						</div>
					))}
				</div>
				<div className="visually-hidden" role="status">
					{isOpen &&
						query !== "" &&
						t("combobox.found", { count: found.filter(({ always }) => !always).length })}
				</div>
			</div>
			<FieldNotes id={`${id}-notes`} hint={hint} error={error} />
		</div>
	)
}

type Keys = {
	readonly isOpen: boolean
	readonly move: (step: number) => void
	readonly close: () => void
	readonly choose: () => void
}

function onKey(event: KeyboardEvent, { isOpen, move, close, choose }: Keys): void {
	const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE }
	const step = steps[event.key]
	if (event.key === "ArrowUp" && event.altKey) close()
	else if (step !== undefined) move(step)
	else if (event.key === "Enter" && isOpen) choose()
	else if (event.key === "Escape" && isOpen) close()
	else return
	event.preventDefault()
}

/** Those that have every word of the query in them. */
function search(options: readonly ComboboxOption[], query: string): readonly ComboboxOption[] {
	const locale = query.toLowerCase().split(/\s+/).filter(Boolean)
	return options.filter(
		({ keywords, always }) => always || locale.every((word) => keywords.toLowerCase().includes(word)),
	)
}

type Group = {
	readonly group: string | undefined
	readonly members: { readonly option: ComboboxOption; readonly index: number }[]
}

function groups(options: readonly ComboboxOption[]): Group[] {
	const found: Group[] = []
	options.forEach((option, index) => {
		const last = found.at(-1)
		if (last && last.group === option.group) last.members.push({ option, index })
		else found.push({ group: option.group, members: [{ option, index }] })
	})
	return found
}
