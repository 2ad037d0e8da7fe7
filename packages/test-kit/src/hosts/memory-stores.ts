import type { SecretStore, SharedStore } from "../../../../src/app/ports"

/** In-memory stand-in for VS Code's stores. Values are stored as JSON, so values that JSON cannot represent are lost. */
export function memoryStore(values = new Map<string, string>()): SharedStore & { values: Map<string, string> } {
	const get = (key: string) => {
		const text = values.get(key)
		return text === undefined ? undefined : (JSON.parse(text) as unknown)
	}
	return {
		values,
		get,
		set: async (key, value) => void values.set(key, JSON.stringify(value)),
		update: async (key, edit) => void values.set(key, JSON.stringify(edit(get(key)))),
		reload: () => {},
	}
}

export function memorySecrets(values = new Map<string, string>()): SecretStore & { values: Map<string, string> } {
	return {
		values,
		get: async (key) => values.get(key),
		set: async (key, value) => void values.set(key, value),
		delete: async (key) => void values.delete(key),
	}
}
