import type * as vscode from "vscode"
import type { SecretStore } from "../app/ports"

export function secretStore(secrets: vscode.SecretStorage): SecretStore {
	return {
		get: (key) => secrets.get(key),
		set: (key, value) => secrets.store(key, value),
		delete: (key) => secrets.delete(key),
	}
}
