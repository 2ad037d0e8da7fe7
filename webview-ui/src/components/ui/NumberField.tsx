import { useState } from "react"
import { useLocale } from "../../locale"
import { readNumber, type NumberLimits } from "./read-number"
import { TextField, type TextFieldProps } from "./TextField"

export type NumberFieldProps = Pick<TextFieldProps, "label" | "placeholder" | "hint" | "error"> & {
	readonly value: number | null
	/** Value of an empty field. */
	readonly empty: number | null
	readonly limits: NumberLimits
	/** Valid number, shown in the error message; by default 7.5. */
	readonly example?: string
	/** Text that was typed last, when it is not a valid number; otherwise `undefined`. */
	readonly unreadable: string | undefined
	readonly onNumber: (value: number | null) => void
	readonly onUnreadable: (text: string) => void
}

/** Field for a number within limits. Invalid text stays as typed, with an error message, and is never a value. */
export function NumberField(props: NumberFieldProps) {
	const { value, empty, limits, example = "7.5", unreadable, onNumber, onUnreadable, error, ...field } = props
	const { t, count } = useLocale()
	const { min = 0, max, whole = false } = limits
	const [typed, setTyped] = useState("")

	function onChange(text: string) {
		setTyped(text)
		const number = readNumber(text, limits)
		if (number === undefined) onUnreadable(text)
		else onNumber(number ?? empty)
	}

	// The typed text is shown as long as it denotes the value, so that "0.10" can become "0.105".
	const typedNumber = readNumber(typed, limits)
	const valueText = value === empty || value === null ? "" : String(value)
	const text = unreadable ?? (typedNumber !== undefined && (typedNumber ?? empty) === value ? typed : valueText)
	const unreadableMessage = t(whole ? "number.unreadableWhole" : "number.unreadable", {
		min: count(min),
		max: count(max),
		example,
	})
	return (
		<TextField
			{...field}
			value={text}
			error={unreadable === undefined ? error : unreadableMessage}
			onChange={onChange}
		/>
	)
}
