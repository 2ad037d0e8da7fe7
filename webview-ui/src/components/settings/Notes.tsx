type NotesProps = { readonly title: string; readonly notes: readonly string[] }

/** Sentences that can be unfolded; nothing where there are none. */
export function Notes({ title, notes }: NotesProps) {
	if (notes.length === 0) return null
	return (
		<details className="notes">
			<summary>{title}</summary>
			<ul>
				{notes.map((note) => (
					<li key={note}>{note}</li>
				))}
			</ul>
		</details>
	)
}
