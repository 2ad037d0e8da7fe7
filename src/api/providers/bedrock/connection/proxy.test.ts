import { describe, expect, it } from "vitest"
import { proxyFor } from "./proxy"

const ADDRESS = "https://bedrock-runtime.us-east-1.amazonaws.com"
const HOST = { enabled: true, url: null, noProxy: null, authorization: null, checksCertificate: true } as const
const ENVIRONMENT = { HTTPS_PROXY: "http://proxy.example.com:8080" }

const urlOf = (...parameters: Parameters<typeof proxyFor>) => proxyFor(...parameters)?.url.href ?? null

describe("proxyFor", () => {
	it.each(["*", "amazonaws.com", ".us-east-1.amazonaws.com", "example.com, *.amazonaws.com:443", "a  AMAZONAWS.com"])(
		"returns no proxy for a Bedrock host when NO_PROXY is %s",
		(excluded) => {
			expect(urlOf(ADDRESS, HOST, { ...ENVIRONMENT, NO_PROXY: excluded })).toBeNull()
			expect(urlOf(ADDRESS, { ...HOST, noProxy: excluded.split(/[\s,]+/) }, ENVIRONMENT)).toBeNull()
		},
	)

	it.each(["", "aws.com", "amazonaws.com:8443", "runtime.us-east-1.amazonaws.com", "example.com"])(
		"returns the proxy for a Bedrock host when NO_PROXY is %j",
		(excluded) => {
			const environment = { ...ENVIRONMENT, NO_PROXY: excluded }
			expect(urlOf(ADDRESS, HOST, environment)).toBe("http://proxy.example.com:8080/")
		},
	)

	it("prefers the host's proxy, then HTTPS_PROXY, then HTTP_PROXY, each in lower case first", () => {
		const environment = {
			HTTP_PROXY: "http://d",
			http_proxy: "http://c",
			HTTPS_PROXY: "http://b",
			https_proxy: "http://a",
		}
		expect(urlOf(ADDRESS, { ...HOST, url: "http://host" }, environment)).toBe("http://host/")
		expect(urlOf(ADDRESS, HOST, environment)).toBe("http://a/")
		expect(urlOf(ADDRESS, HOST, { ...environment, https_proxy: " " })).toBe("http://b/")
		expect(urlOf(ADDRESS, HOST, { ...environment, https_proxy: "", HTTPS_PROXY: "" })).toBe("http://c/")
		expect(urlOf(ADDRESS, HOST, { HTTP_PROXY: "http://d" })).toBe("http://d/")
	})

	it.each(["https://127.0.0.1:8443", "http://localhost:9000", "http://[::1]:9000"])(
		"returns no proxy for %s",
		(address) => {
			expect(urlOf(address, HOST, ENVIRONMENT)).toBeNull()
		},
	)

	it("returns no proxy when the host's proxies are off, or when none is set", () => {
		expect(urlOf(ADDRESS, { ...HOST, enabled: false }, ENVIRONMENT)).toBeNull()
		expect(urlOf(ADDRESS, HOST, {})).toBeNull()
	})
})
