import { describe, expect, test } from "vitest"
import { englishI18n } from "../../testing/english"
import { createLocale } from "../../locale"
import { routeMessage } from "./route-message"

const locale = createLocale({ t: englishI18n().t, language: "en" })
const messageFor = (modelId: string, region: string, route: Parameters<typeof routeMessage>[0]["route"]) =>
	routeMessage({ modelId, region, route }, locale)

const NOVA_2_LITE = "amazon.nova-2-lite-v1:0"

describe("routeMessage", () => {
	test("names the id that is called", () => {
		expect(messageFor("openai.gpt-oss-120b-1:0", "us-east-1", "auto")).toEqual({
			text: "Called in the region itself, as openai.gpt-oss-120b-1:0",
			works: true,
		})
		expect(messageFor(NOVA_2_LITE, "us-east-1", "auto").text).toContain(`as us.${NOVA_2_LITE}`)
		expect(messageFor(NOVA_2_LITE, "us-east-1", "global").text).toContain(`as global.${NOVA_2_LITE}`)
	})

	test("requires a choice before data leaves the geography", () => {
		expect(messageFor(NOVA_2_LITE, "ap-south-1", "auto")).toEqual({
			text: "Nova 2 Lite can be called from ap-south-1 only through the global profile, which lets data leave the geography. Choose “Global profile” to allow that.",
			works: false,
		})
	})

	test("names the available routes when the selected one does not exist", () => {
		expect(messageFor(NOVA_2_LITE, "us-east-1", "in-region")).toEqual({
			text: "Nova 2 Lite cannot be called so from us-east-1. Choose one of: Geographic profile or Global profile.",
			works: false,
		})
	})

	test("says that a route does not change an id that was typed in full", () => {
		expect(messageFor(`us.${NOVA_2_LITE}`, "us-east-1", "global")).toEqual({
			text: `The route does not change an id typed in full. Called as us.${NOVA_2_LITE}`,
			works: true,
		})
	})

	test("names the region of an ARN when it differs from the selected region", () => {
		const arn = "arn:aws:bedrock:eu-west-1:123456789012:imported-model/abcdef123456"
		expect(messageFor(arn, "us-east-1", "auto").text).toBe(
			`The ARN's region wins: eu-west-1 is called, not us-east-1. The route does not change an id typed in full. Called as ${arn}`,
		)
		expect(messageFor(arn, "eu-west-1", "auto").text).toBe(
			`The route does not change an id typed in full. Called as ${arn}`,
		)
	})

	test("suggests another id for a profile that does not exist", () => {
		expect(messageFor("us.openai.gpt-oss-120b-1:0", "us-east-1", "auto")).toEqual({
			text: "gpt-oss-120b cannot be called as us.openai.gpt-oss-120b-1:0. Type openai.gpt-oss-120b-1:0 and choose: In-region.",
			works: false,
		})
	})

	test("is empty when the model id is invalid", () => {
		expect(messageFor("no model", "us-east-1", "auto").text).toBe("")
	})

	test("says that a model outside the catalog is not known to work in the region", () => {
		expect(messageFor("acme.brand-new-v1:0", "us-east-1", "auto").text).toBe(
			"It is not known whether this works from us-east-1. Called as acme.brand-new-v1:0",
		)
		expect(messageFor("acme.brand-new-v1:0", "us-east-1", "geo").works).toBe(false)
	})
})
