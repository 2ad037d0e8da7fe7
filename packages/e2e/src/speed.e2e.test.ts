import { expect, test } from "vitest"
import { workbenchUnderTest } from "./workbench-under-test"

/** Speed of the user's own requests, in the real VS Code. The emulator responds at the speed of each tier. */

const vscode = workbenchUnderTest({
	answer: "Because of the scattering of light.",
	usage: { inputTokens: 20_000, outputTokens: 8 },
	pace: "real",
})

async function ask(text: string, tier: string): Promise<void> {
	await vscode.user.send(text)
	await vscode.workbench.view
		.getByText(new RegExp(`^\\$0\\.00\\d+ · ${tier}$`))
		.last()
		.waitFor()
	await vscode.user.button("Send").waitFor()
}

test("speed by tier compares the requests of two chats on two tiers", async () => {
	const { view } = vscode.workbench
	await ask("Why is the sky blue?", "Standard")
	await vscode.user.newChat()
	await vscode.user.chooseTier("Priority")
	await ask("Why is the sea salty?", "Priority")

	await view.getByText("Usage of this task").click()
	await vscode.user.button("Speed by tier, over all chats").click()
	await view.getByText(/^Too few requests to compare Priority with Standard: 1 and 1\./).waitFor()
	const rows = view.getByRole("region", { name: "Time to the first token" }).getByRole("row")
	expect(await rows.nth(1).textContent()).toMatch(/^Standard1[\d.]+s/)
	expect(await rows.nth(2).textContent()).toMatch(/^Priority1[\d.]+s/)

	// The plots are drawn under the view's own content security policy.
	const plots = view.locator(".speed-plot canvas")
	await expect.poll(async () => plots.count()).toBe(2)
	const drawn = () =>
		plots.first().evaluate((canvas: HTMLCanvasElement) => {
			const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
			return pixels.some((value) => value > 0)
		})
	await expect.poll(drawn).toBe(true)
	await vscode.workbench.screenshot("speed-by-tier")
	expect(vscode.workbench.ownErrors).toEqual([])
})
