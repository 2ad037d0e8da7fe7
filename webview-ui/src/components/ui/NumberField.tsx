import { useState } from "react"
import type { ReactNode } from "react"
import { useWords } from "../../words"
import { readNumber } from "./read-number"
import { TextField } from "./TextField"

type NumberFieldProps = {
	readonly label: string
	readonly value: number | null
	/** What the field means when nothing stands in it. */
	readonly empty: number | null
	readonly max: number
	/** What was typed last, where it could not be read. */
	readonly unreadable: string | undefined
	readonly onNumber: (value: number | null) => void
	readonly onUnreadable: (text: string) => void
	readonly placeholder?: string
	readonly hint?: ReactNode
	readonly error?: string | undefined
}

/** A number from 0 to `max`. Text that is none stays as typed, with what is wrong, and is never a value. */
export function NumberField(props: NumberFieldProps) {
	const { label, value, empty, max, unreadable, onNumber, onUnreadable, placeholder, hint, error } = props
	const { t, count } = useWords()
	const [typed, setTyped] = useState("")

	function onChange(text: string) {
		setTyped(text)
		const number = readNumber(text, max)
		if (number === undefined) onUnreadable(text)
		else onNumber(number ?? empty)
	}

	// "0.10" is on its way to "0.105": what was typed stays for as long as it says the value.
	const says = readNumber(typed, max)
	const own = value === empty || value === null ? "" : String(value)
	const text = unreadable ?? (says !== undefined && (says ?? empty) === value ? typed : own)
	return (
		<TextField
			label={label}
			value={text}
			placeholder={placeholder ?? ""}
			hint={hint}
			error={unreadable === undefined ? error : t("number.unreadable", { max: count(max) })}
			onChange={onChange}
		/>
	)
}
