import { useEffect, useId, useRef, useState, type KeyboardEvent, type ReactNode } from "react"
import { useLocale } from "../../locale"
import { groupOptions, type DropdownOption } from "./Dropdown"
import { FieldNotes } from "./FieldNotes"

export type ComboboxOption = DropdownOption<string> & {
	/** Second line of the option. */
	readonly detail?: string
	/** Text that a query is matched against. */
	readonly keywords: string
	/** Whether the option is listed for every query. */
	readonly always?: boolean
}

type ComboboxProps = {
	readonly label: string
	/** Text of the field while the list is closed. */
	readonly displayText: string
	readonly value: string
	/** Called only while the list is open. */
	readonly options: () => readonly ComboboxOption[]
	readonly onChange: (value: string) => void
	readonly hint?: ReactNode
	readonly error?: string | undefined
}

/** Options that a key moves by. */
const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }

/**
 * Searchable choice among many options: the editable combobox with list popup of the ARIA Authoring Practices. Typed
 * text is only a query. While the list is closed, the field shows the chosen option. Leaving the field without choosing
 * an option changes nothing.
 */
export function Combobox({ label, displayText, value, options, onChange, hint, error }: ComboboxProps) {
	const { t } = useLocale()
	const id = useId()
	const list = useRef<HTMLDivElement>(null)
	/** `null` while the list is closed; the empty query lists every option. */
	const [query, setQuery] = useState<string | null>(null)
	const [activeValue, setActiveValue] = useState<string | null>(null)
	const isOpen = query !== null
	const matches = isOpen ? search(options(), query) : []
	const active = matches.find((option) => option.value === activeValue)
	const optionId = (option: ComboboxOption) => `${id}-option-${matches.indexOf(option)}`

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
		const position = active ? matches.indexOf(active) : -1
		const next = Math.min(Math.max(position + step, 0), matches.length - 1)
		setActiveValue(matches[next]?.value ?? null)
	}
	const changeQuery = (text: string) => {
		setQuery(text)
		setActiveValue(search(options(), text)[0]?.value ?? null)
	}
	const onKeyDown = (event: KeyboardEvent) => {
		const step = STEPS[event.key]
		if (event.key === "ArrowUp" && event.altKey) close()
		else if (step !== undefined) move(step)
		else if (event.key === "Enter" && isOpen) choose(active)
		else if (event.key === "Escape" && isOpen) close()
		else return
		event.preventDefault()
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
					value={query ?? displayText}
					placeholder={displayText}
					aria-expanded={isOpen}
					aria-controls={`${id}-list`}
					aria-autocomplete="list"
					aria-activedescendant={active && optionId(active)}
					aria-invalid={error !== undefined}
					aria-describedby={`${id}-notes`}
					onClick={() => !isOpen && open()}
					onFocus={(event) => event.currentTarget.select()}
					onInput={({ currentTarget, nativeEvent }) =>
						// Text typed into the closed field starts a new query and replaces the displayed text.
						changeQuery((!isOpen && (nativeEvent as InputEvent).data) || currentTarget.value)
					}
					onBlur={close}
					onKeyDown={onKeyDown}
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
					// Keeps the focus in the field while an option is clicked.
					onMouseDown={(event) => event.preventDefault()}>
					{groupOptions(matches).map(({ group, members }) => (
						<div
							key={`group ${group}`}
							role={group === undefined ? "presentation" : "group"}
							aria-label={group}>
							{group !== undefined && (
								<div className="combobox-group" aria-hidden="true">
									{group}
								</div>
							)}
							{members.map((option) => (
								<div
									key={option.value}
									id={optionId(option)}
									role="option"
									className="combobox-option"
									aria-selected={option.value === value}
									data-active={option.value === activeValue || undefined}
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
						t("combobox.found", { count: matches.filter(({ always }) => !always).length })}
				</div>
			</div>
			<FieldNotes id={`${id}-notes`} hint={hint} error={error} />
		</div>
	)
}

/** Options whose keywords contain every word of the query, in any case, and those listed for every query. */
function search(options: readonly ComboboxOption[], query: string): readonly ComboboxOption[] {
	const terms = query.toLowerCase().split(/\s+/).filter(Boolean)
	return options.filter(
		({ keywords, always }) => always || terms.every((term) => keywords.toLowerCase().includes(term)),
	)
}
