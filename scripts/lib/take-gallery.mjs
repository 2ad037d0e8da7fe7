import { mkdirSync, rmSync } from "node:fs"
import { join } from "node:path"
import { chromium } from "playwright"
import { createServer } from "vite"
import { findChromium } from "./chromium.mjs"
import { rootDir } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"

const THEMES = ["dark", "light", "contrast", "contrast-light"]
const galleryDir = join(rootDir, "test-results", "gallery")
/** Size in pixels: as narrow as users set the view, and high enough to show the start and the end of a page. */
const VIEW = { width: 300, height: 760 }
const SHEET_COLUMNS = 6
const SHEET_ROWS = 2

/**
 * `npm run gallery [--language=de] [word …]`: writes screenshots to test-results/gallery, in every theme, of the scenes
 * whose names contain one of the words, or of all scenes: one per scene, and sheets. Resolves to the exit code.
 */
export async function takeGallery(options) {
	const language = options.find((option) => option.startsWith("--language="))?.split("=")[1] ?? "en"
	const nameFilters = options.filter((option) => !option.startsWith("--"))
	const executablePath = findChromium()
	if (!executablePath) throw new PlainFailure("The gallery needs a Chromium (set CHROMIUM_PATH to one).")
	const server = await createServer({
		configFile: join(rootDir, "webview-ui/vite.config.ts"),
		server: { host: "127.0.0.1", port: 0, hmr: false },
		logLevel: "error",
	})
	const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] })
	try {
		// eslint-disable-next-line bedrock-tiers/loopback-only -- Vite listens on the host of its options, above
		await server.listen()
		const address = new URL("gallery.html", server.resolvedUrls.local[0]).href
		const page = await browser.newPage({ viewport: VIEW })
		await page.goto(address)
		const all = await page.locator("li a").allTextContents()
		const names =
			nameFilters.length > 0 ? all.filter((name) => nameFilters.some((filter) => name.includes(filter))) : all
		if (names.length === 0) throw new PlainFailure(`No scene has ${nameFilters.join(" or ")} in its name.`)
		rmSync(galleryDir, { recursive: true, force: true })
		const screenshots = Object.fromEntries(THEMES.map((theme) => [theme, []]))
		for (const theme of THEMES) mkdirSync(join(galleryDir, theme), { recursive: true })
		for (const name of names) {
			for (const theme of THEMES) {
				// The theme is the URL fragment, so that a change of theme does not reload the scene.
				await page.goto(`${address}?scene=${name}&language=${language}#${theme}`)
				await page.locator(`html[data-shown="${theme}"]`).waitFor()
				const path = join(galleryDir, theme, `${name}.png`)
				screenshots[theme].push({ name, screenshot: await page.screenshot({ path, animations: "disabled" }) })
			}
		}
		for (const theme of THEMES) await takeSheets(browser, theme, screenshots[theme])
	} finally {
		await browser.close()
		await server.close()
	}
	console.log(`Pictures in ${galleryDir}`)
	return 0
}

/** Combines many screenshots into sheets, for a quick review. */
async function takeSheets(browser, theme, screenshots) {
	const size = SHEET_COLUMNS * SHEET_ROWS
	const page = await browser.newPage({ viewport: { width: SHEET_COLUMNS * (VIEW.width + 8), height: 800 } })
	for (let first = 0; first < screenshots.length; first += size) {
		const figures = screenshots.slice(first, first + size).map(
			({ name, screenshot }) =>
				`<figure style="margin:4px;width:${VIEW.width}px"><figcaption style="font:12px sans-serif">${name}</figcaption>
				<img src="data:image/png;base64,${screenshot.toString("base64")}"></figure>`,
		)
		await page.setContent(
			`<body style="margin:0;background:#888;display:flex;flex-wrap:wrap">${figures.join("")}</body>`,
		)
		const number = String(first / size + 1).padStart(2, "0")
		await page.screenshot({ path: join(galleryDir, `${theme}-${number}.png`), fullPage: true })
	}
	await page.close()
}
