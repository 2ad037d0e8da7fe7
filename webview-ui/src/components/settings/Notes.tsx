type NotesProps = { readonly title: string; readonly notes: readonly string[] }

/** Sentences that can be unfolded; nothing where there are none. */
export function Notes({ title, notes }: NotesProps) {
	if (notes.length === 0) return null
	return (
		<details className="notes">
			<summary>{title}</summary>
			<ul>
				{/* By place: a file can be told the same of twice, and the list does not change. */}
				{notes.map((note, index) => (
					<li key={index}>{note}</li>
				))}
			</ul>
		</details>
	)
}
