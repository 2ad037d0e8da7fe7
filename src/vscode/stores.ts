import type * as vscode from "vscode"
import type { KeyValueStore, SecretStore } from "../app/ports"

export function keyValueStore(memento: vscode.Memento): KeyValueStore {
	return { get: (key) => memento.get(key), set: (key, value) => memento.update(key, value) }
}

export function secretStore(secrets: vscode.SecretStorage): SecretStore {
	return {
		get: (key) => secrets.get(key),
		set: (key, value) => secrets.store(key, value),
		delete: (key) => secrets.delete(key),
	}
}
