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

type FieldProps = {
	options: DropdownOption<string>[]
	initial?: string
	rejectsChanges?: boolean
	outsideValue?: string
}

/** A field like those of the settings: the value is in state, and the state may reject a change. */
function Field({ options, initial = "b", rejectsChanges = false, outsideValue }: FieldProps) {
	const [value, setValue] = useState(initial)
	const currentValue = outsideValue ?? value
	return (
		<I18nextProvider i18n={englishI18n()}>
			<Dropdown
				label="Letter"
				value={currentValue}
				options={options}
				onChange={(next) => {
					changes.push(next)
					if (!rejectsChanges) setValue(next)
				}}
			/>
			<output>{currentValue}</output>
			<button>outside</button>
		</I18nextProvider>
	)
}

beforeEach(() => {
	changes = []
})

async function renderField(props: FieldProps) {
	const screen = await render(<Field {...props} />)
	const box = screen.getByRole("combobox", { name: "Letter" })
	const select = box.element() as HTMLSelectElement
	select.focus()
	return { screen, box, select, rerender: (next: FieldProps) => screen.rerender(<Field {...next} />) }
}

describe("Dropdown", () => {
	test("shows the text of the stored option after the first render", async () => {
		const { select } = await renderField({ options: options("a", "b", "c") })
		expect(shownBy(select)).toBe("B")
	})

	test("shows the stored value after each key pressed while it is closed", async () => {
		const { select } = await renderField({ options: options("a", "b", "c") })
		for (const key of ["{ArrowDown}", "{ArrowUp}", "{ArrowUp}", "{ArrowUp}", "{End}", "{Home}", "c"]) {
			await userEvent.keyboard(key)
			await expect.poll(() => shownBy(select)).toBe(stored().toUpperCase())
		}
		expect(changes).toEqual(["c", "b", "a", "c", "a", "c"])
	})

	test("shows the stored value after an option is picked and an arrow key is pressed", async () => {
		const { select, box } = await renderField({ options: options("a", "b", "c") })
		await userEvent.selectOptions(box, "C")
		expect(stored()).toBe("c")
		await userEvent.keyboard("{ArrowUp}")
		await expect.poll(() => shownBy(select)).toBe("B")
		expect(stored()).toBe("b")
	})

	test("shows the stored value after it is opened, moved in and left with Tab or Escape", async () => {
		const { select } = await renderField({ options: options("a", "b", "c") })
		for (const keys of ["{Alt>}{ArrowDown}{/Alt}{ArrowDown}{Escape}", "{ }{ArrowUp}{Tab}"]) {
			select.focus()
			await userEvent.keyboard(keys)
			await expect.poll(() => shownBy(select)).toBe(stored().toUpperCase())
		}
	})

	test("shows the stored value after an option is inserted before the others", async () => {
		const { select, rerender } = await renderField({ options: options("a", "b", "c") })
		await rerender({ options: options("z", "a", "b", "c") })
		expect(shownBy(select)).toBe("B")
		expect(changes).toEqual([])
	})

	test("shows the stored value, marked as not in the list, after all options are replaced", async () => {
		const { select, rerender } = await renderField({ options: options("a", "b", "c") })
		await rerender({ options: options("x", "y") })
		expect(shownBy(select)).toBe("b (not in the list)")
		expect(stored()).toBe("b")
		await rerender({ options: options("a", "b") })
		expect(shownBy(select)).toBe("B")
		expect(changes).toEqual([])
	})

	test("shows the new value after it is changed by another source", async () => {
		const { select, rerender } = await renderField({ options: options("a", "b", "c") })
		await userEvent.keyboard("{ArrowDown}")
		await rerender({ options: options("a", "b", "c"), outsideValue: "a" })
		expect(shownBy(select)).toBe("A")
		expect(changes).toEqual(["c"])
	})

	test("shows the stored value after a rejected change", async () => {
		const { select } = await renderField({ options: options("a", "b", "c"), rejectsChanges: true })
		await userEvent.keyboard("{ArrowDown}")
		await expect.poll(() => changes).toEqual(["c"])
		expect(shownBy(select)).toBe("B")
	})
})

test("Dropdown lists options of the same group under its heading", async () => {
	const grouped = [
		{ value: "a", text: "A", group: "Vowels" },
		{ value: "e", text: "E", group: "Vowels" },
		{ value: "b", text: "B", group: "Consonants" },
	]
	const { select } = await renderField({ options: grouped })
	expect([...select.querySelectorAll("optgroup")].map(({ label, children }) => [label, children.length])).toEqual([
		["Vowels", 2],
		["Consonants", 1],
	])
})
