import { useState } from "react"
import { I18nextProvider } from "react-i18next"
import { beforeEach, describe, expect, test } from "vitest"
import { userEvent } from "vitest/browser"
import { render } from "vitest-browser-react"
import { englishI18n } from "../../testing/english"
import { shownBy } from "../../testing/render-app"
import { Dropdown, type DropdownOption } from "./Dropdown"

const options = (...values: string[]): DropdownOption<string>[] =>
	values.map((value) => ({ value, text: value.toUpperCase() }))

const stored = () => document.querySelector("output")?.textContent ?? ""
let changes: string[] = []

type FieldProps = { options: DropdownOption<string>[]; initial?: string; refuses?: boolean; outside?: string }

/** A field as the settings have it: the value lies in state, which may refuse a change. */
function Field({ options, initial = "b", refuses = false, outside }: FieldProps) {
	const [value, setValue] = useState(initial)
	const now = outside ?? value
	return (
		<I18nextProvider i18n={englishI18n()}>
			<Dropdown
				label="Letter"
				value={now}
				options={options}
				onChange={(next) => {
					changes.push(next)
					if (!refuses) setValue(next)
				}}
			/>
			<output>{now}</output>
			<button>outside</button>
		</I18nextProvider>
	)
}

beforeEach(() => {
	changes = []
})

async function show(props: FieldProps) {
	const screen = await render(<Field {...props} />)
	const box = screen.getByRole("combobox", { name: "Letter" })
	const select = box.element() as HTMLSelectElement
	select.focus()
	return { screen, box, select, rerender: (next: FieldProps) => screen.rerender(<Field {...next} />) }
}

describe("What the dropdown shows is what is stored", () => {
	test("at first, by its label", async () => {
		const { select } = await show({ options: options("a", "b", "c") })
		expect(shownBy(select)).toBe("B")
	})

	test("after each key on the closed box", async () => {
		const { select } = await show({ options: options("a", "b", "c") })
		for (const key of ["{ArrowDown}", "{ArrowUp}", "{ArrowUp}", "{ArrowUp}", "{End}", "{Home}", "c"]) {
			await userEvent.keyboard(key)
			await expect.poll(() => shownBy(select)).toBe(stored().toUpperCase())
		}
		expect(changes).toEqual(["c", "b", "a", "c", "a", "c"])
	})

	test("after a pick, and an arrow key after it", async () => {
		const { select, box } = await show({ options: options("a", "b", "c") })
		await userEvent.selectOptions(box, "C")
		expect(stored()).toBe("c")
		await userEvent.keyboard("{ArrowUp}")
		await expect.poll(() => shownBy(select)).toBe("B")
		expect(stored()).toBe("b")
	})

	test("after opening, moving and leaving with Tab or Escape", async () => {
		const { select } = await show({ options: options("a", "b", "c") })
		for (const keys of ["{Alt>}{ArrowDown}{/Alt}{ArrowDown}{Escape}", "{ }{ArrowUp}{Tab}"]) {
			select.focus()
			await userEvent.keyboard(keys)
			await expect.poll(() => shownBy(select)).toBe(stored().toUpperCase())
		}
	})

	test("after an option was put in front", async () => {
		const { select, rerender } = await show({ options: options("a", "b", "c") })
		await rerender({ options: options("z", "a", "b", "c") })
		expect(shownBy(select)).toBe("B")
		expect(changes).toEqual([])
	})

	test("after all options were replaced: a value that is not in the list is shown and named as such", async () => {
		const { select, rerender } = await show({ options: options("a", "b", "c") })
		await rerender({ options: options("x", "y") })
		expect(shownBy(select)).toBe("b (not in the list)")
		expect(stored()).toBe("b")
		await rerender({ options: options("a", "b") })
		expect(shownBy(select)).toBe("B")
		expect(changes).toEqual([])
	})

	test("after the value was changed from outside", async () => {
		const { select, rerender } = await show({ options: options("a", "b", "c") })
		await userEvent.keyboard("{ArrowDown}")
		await rerender({ options: options("a", "b", "c"), outside: "a" })
		expect(shownBy(select)).toBe("A")
		expect(changes).toEqual(["c"])
	})

	test("after a change that was not taken", async () => {
		const { select } = await show({ options: options("a", "b", "c"), refuses: true })
		await userEvent.keyboard("{ArrowDown}")
		await expect.poll(() => changes).toEqual(["c"])
		expect(shownBy(select)).toBe("B")
	})
})

test("Options of one group stand under its heading", async () => {
	const grouped = [
		{ value: "a", text: "A", group: "Vowels" },
		{ value: "e", text: "E", group: "Vowels" },
		{ value: "b", text: "B", group: "Consonants" },
	]
	const { select } = await show({ options: grouped })
	expect([...select.querySelectorAll("optgroup")].map(({ label, children }) => [label, children.length])).toEqual([
		["Vowels", 2],
		["Consonants", 1],
	])
})
