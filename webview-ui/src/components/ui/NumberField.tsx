import { useState } from "react"
import type { ReactNode } from "react"
import { useLocale } from "../../locale"
import { readNumber, type NumberLimits } from "./read-number"
import { TextField } from "./TextField"

type NumberFieldProps = {
	readonly label: string
	readonly value: number | null
	/** What the field means when nothing stands in it. */
	readonly empty: number | null
	readonly limits: NumberLimits
	/** A number that fits, to be seen where one does not; absent = 7.5. */
	readonly example?: string
	/** What was typed last, where it could not be read. */
	readonly unreadable: string | undefined
	readonly onNumber: (value: number | null) => void
	readonly onUnreadable: (text: string) => void
	readonly placeholder?: string
	readonly hint?: ReactNode
	readonly error?: string | undefined
}

/** A number within limits. Text that is none stays as typed, with what is wrong, and is never a value. */
export function NumberField(props: NumberFieldProps) {
	const {
		label,
		value,
		empty,
		limits,
		example = "7.5",
		unreadable,
		onNumber,
		onUnreadable,
		placeholder,
		hint,
		error,
	} = props
	const { t, count } = useLocale()
	const { min = 0, max, whole = false } = limits
	const [typed, setTyped] = useState("")

	function onChange(text: string) {
		setTyped(text)
		const number = readNumber(text, limits)
		if (number === undefined) onUnreadable(text)
		else onNumber(number ?? empty)
	}

	// "0.10" is on its way to "0.105": what was typed stays for as long as it says the value.
	const says = readNumber(typed, limits)
	const own = value === empty || value === null ? "" : String(value)
	const text = unreadable ?? (says !== undefined && (says ?? empty) === value ? typed : own)
	const wrong = t(whole ? "number.unreadableWhole" : "number.unreadable", {
		min: count(min),
		max: count(max),
		example,
	})
	return (
		<TextField
			label={label}
			value={text}
			placeholder={placeholder ?? ""}
			hint={hint}
			error={unreadable === undefined ? error : wrong}
			onChange={onChange}
		/>
	)
}
