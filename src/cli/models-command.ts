import { allModels, availableRoutes, offeredTiers, ROUTES, tierSupport, type CatalogModel } from "@bedrock-tiers/core"
import { Command } from "commander"
import { readRegion } from "./arguments"
import { printJson, printLine, table, tierName } from "./output"

export function modelsCommand(): Command {
	return new Command("models")
		.description("List the models of the catalog: tiers through Converse, and the routes to them")
		.option("--region <region>", "only models that can be called from this AWS region", readRegion)
		.option("--json", "print one JSON array")
		.action(({ region, json }: { region?: string; json?: boolean }) => {
			const models = allModels()
				.map((model) => ({ model, routes: routesOf(model, region) }))
				.filter(({ routes }) => region === undefined || routes.length > 0)
			if (json) printJson(models.map(({ model, routes }) => toJson(model, routes)))
			else printLine(modelTable(models))
		})
}

/** The routes from the region; when it is `undefined`, every route that exists from any region. */
function routesOf(model: CatalogModel, region: string | undefined): string[] {
	if (region !== undefined) return availableRoutes(model, region)
	const { inRegion, geo, global } = model.routes
	const isAvailable = { "in-region": inRegion.length > 0, geo: geo.length > 0, global: global.length > 0 }
	return ROUTES.filter((route) => isAvailable[route])
}

function toJson(model: CatalogModel, routes: readonly string[]) {
	return {
		modelId: model.id,
		name: model.name,
		provider: model.provider,
		serviceTiers: offeredTiers(model, "converse"),
		contestedTiers: contestedTiers(model),
		routes,
		apis: model.apis,
		contextWindow: model.contextWindow,
		maxOutputTokens: model.maxOutputTokens,
		lifecycle: model.lifecycle,
	}
}

function modelTable(models: readonly { model: CatalogModel; routes: readonly string[] }[]): string {
	const rows = models.map(({ model, routes }) => [
		model.provider,
		model.name,
		model.id,
		formatTiers(model),
		routes.join(", "),
		lifecycleNote(model),
	])
	return table([["PROVIDER", "MODEL", "ID", "TIERS", "ROUTES", ""], ...rows])
}

function formatTiers(model: CatalogModel): string {
	if (!model.apis.includes("converse")) return "not through Converse"
	const isDisputed = contestedTiers(model).length > 0
	return offeredTiers(model, "converse").map(tierName).join(", ") + (isDisputed ? " (contested)" : "")
}

function contestedTiers(model: CatalogModel) {
	return offeredTiers(model, "converse").filter((tier) => tierSupport(model, "converse", tier) === "contested")
}

function lifecycleNote({ lifecycle: { status, endOfLife } }: CatalogModel): string {
	if (status === "active") return ""
	return endOfLife === null ? status : `${status} (${endOfLife})`
}
