type NotesProps = { readonly title: string; readonly notes: readonly string[] }

/** Expandable list of messages; renders nothing when there are none. */
export function Notes({ title, notes }: NotesProps) {
	if (notes.length === 0) return null
	return (
		<details className="notes">
			<summary>{title}</summary>
			<ul>
				{/* The key is the index, because a message can occur twice and the list does not change. */}
				{notes.map((note, index) => (
					<li key={index}>{note}</li>
				))}
			</ul>
		</details>
	)
}
