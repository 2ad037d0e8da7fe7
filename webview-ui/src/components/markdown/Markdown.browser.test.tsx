import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { renderApp } from "../../testing/render-app"
import { HOSTILE_MARKDOWN } from "@bedrock-tiers/test-kit/samples/hostile-markdown"
import { answer, chatView, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { settled } from "../../testing/settled"

/** Renders a chat with an answer of this text. */
async function renderAnswer(text: string) {
	const app = await renderApp(viewState({ chat: chatView({ messages: [answer({ text, request: null })] }) }))
	const article = app.screen.getByRole("article", { name: "Answer" })
	await expect.element(article).toBeVisible()
	await expect.poll(() => article.element().querySelector(".markdown")).not.toBeNull()
	return { ...app, article, html: () => article.element().querySelector(".markdown")?.innerHTML ?? "" }
}

describe("An answer in Markdown", () => {
	test("renders emphasis, code, line breaks and character references", async () => {
		const { html } = await renderAnswer(
			"**bold** *soft* ~~gone~~ `a < b` \\*star\\* &lt;tag&gt; &copy; &amp;amp; &nope;\nnext",
		)
		expect(html()).toBe(
			"<p><strong>bold</strong> <em>soft</em> <del>gone</del> <code>a &lt; b</code> *star* &lt;tag&gt; © &amp;amp; &amp;nope;<br>next</p>",
		)
	})

	test("renders nested lists with their numbers and checkboxes", async () => {
		const { html, screen } = await renderAnswer("3. three\n   - inner\n4. four\n\n- [x] shipped\n- [ ] open")
		expect(html()).toContain('<ol start="3"><li>three<ul><li>inner</li></ul></li><li>four</li></ol>')
		await expect.element(screen.getByRole("img", { name: "Done:", exact: true })).toHaveTextContent("☑")
		await expect.element(screen.getByRole("img", { name: "Not done:" })).toHaveTextContent("☐")
	})

	test("renders a table with its alignments, reachable by keyboard", async () => {
		const { screen } = await renderAnswer("| tier | USD |\n|:--|--:|\n| Flex | 0.5<br>half |")
		await expect.element(screen.getByRole("columnheader", { name: "USD" })).toHaveClass("align-right")
		await expect.element(screen.getByRole("cell", { name: "0.5 half" })).toHaveClass("align-right")
		await expect.element(screen.getByRole("group", { name: "Table" })).toHaveAttribute("tabindex", "0")
	})

	test("renders headings below the page's own headings", async () => {
		const { screen } = await renderAnswer("# One\n\n###### Six")
		await expect.element(screen.getByRole("heading", { name: "One", level: 3 })).toBeVisible()
		await expect.element(screen.getByRole("heading", { name: "Six", level: 6 })).toBeVisible()
	})

	test("renders code with its language and a button that copies it unchanged", async () => {
		const code = "const a = '<b>' // &amp;\n\n\treturn `x`"
		const { screen } = await renderAnswer(`\`\`\`ts title="a.ts"\n${code}\n\`\`\``)
		const block = screen.getByRole("group", { name: "ts", exact: true })
		expect(block.element().textContent).toBe(code)
		await screen.getByRole("button", { name: "Copy ts" }).click()
		await expect.element(screen.getByText("Copied").first()).toBeInTheDocument()
		expect(await navigator.clipboard.readText()).toBe(code)
	})

	test("resolves a link reference definition", async () => {
		const { screen } = await renderAnswer("See [the docs][1].\n\n[1]: https://docs.aws.amazon.com/bedrock/")
		await expect
			.element(screen.getByRole("link", { name: "the docs" }))
			.toHaveAttribute("href", "https://docs.aws.amazon.com/bedrock/")
	})

	test("renders an image as a link and does not load it", async () => {
		const { screen, html } = await renderAnswer(
			"![a cat](https://pictures.example/cat.png) ![](data:image/png;base64,AA)",
		)
		await expect
			.element(screen.getByRole("link", { name: "Image: a cat" }))
			.toHaveAttribute("href", "https://pictures.example/cat.png")
		expect(html()).not.toContain("<img")
	})

	test("renders a link that is not allowed as text with its URL", async () => {
		const { html } = await renderAnswer("[press me](command:workbench.action.quit) http://example.com")
		expect(html()).toBe("<p>press me (command:workbench.action.quit) http://example.com</p>")
	})

	test("renders reasoning as Markdown, too, when it is expanded", async () => {
		const message = answer({ reasoning: "They **want** light.", request: null })
		const { screen } = await renderApp(viewState({ chat: chatView({ messages: [message] }) }))
		expect(screen.getByText("want").query()).toBeNull()
		await screen.getByText("Thinking").click()
		expect((await screen.getByText("want").findElement()).tagName).toBe("STRONG")
	})

	test("is unlike a question, which is shown as it was typed", async () => {
		const question = { role: "user", id: "q", text: "**why**\n\n    indented" } as const
		const { screen } = await renderApp(viewState({ chat: chatView({ messages: [question] }) }))
		expect(screen.getByRole("article", { name: "You" }).element().textContent).toContain(question.text)
	})
})

/** The only elements and attributes that an answer may have. */
const ELEMENTS =
	"div p strong em del code br a ul ol li h3 h4 h5 h6 blockquote hr table thead tbody tr th td pre span vscode-button".split(
		" ",
	)
const ATTRIBUTES =
	"class href title start scope role aria-label tabindex appearance current-value value type disabled".split(" ")

describe("Hostile Markdown", () => {
	const globals = globalThis as { attacked?: boolean }
	const violations: string[] = []
	const onViolation = (event: SecurityPolicyViolationEvent) => void violations.push(event.blockedURI)

	beforeEach(() => {
		delete globals.attacked
		violations.length = 0
		performance.clearResourceTimings()
		document.addEventListener("securitypolicyviolation", onViolation)
	})
	afterEach(() => document.removeEventListener("securitypolicyviolation", onViolation))

	test.each(Object.entries(HOSTILE_MARKDOWN))(
		"runs no script, loads no resource and creates only allowed elements: %s",
		async (_name, text) => {
			const { article, screen, port } = await renderAnswer(text)
			const before = port.posted.length
			const elements = [...(article.element().querySelector(".markdown")?.querySelectorAll("*") ?? [])]
			for (const element of elements) {
				expect(ELEMENTS).toContain(element.localName)
				for (const { name } of element.attributes) expect(ATTRIBUTES).toContain(name)
			}
			for (const link of article.element().querySelectorAll("a")) {
				expect(link.protocol).toMatch(/^(https|mailto):$/)
				link.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }))
			}
			// A script or resource would run or load in the next tasks.
			await settled()
			expect(globals.attacked).toBeUndefined()
			expect(violations).toEqual([])
			expect(port.posted.length).toBe(before)
			const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name).hostname)
			expect(loaded.filter((host) => host !== location.hostname)).toEqual([])
			await expect.element(screen.getByRole("textbox", { name: "Message" })).toBeVisible()
		},
	)
})
