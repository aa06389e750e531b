// Puts a field above each table in a `.filterable` block. Without this script the whole table is shown.
const words = {
  en: ["Filter the table", "rows shown"],
  fi: ["Suodata taulukkoa", "riviä näkyvissä"],
  sv: ["Filtrera tabellen", "rader visas"],
};

for (const block of document.querySelectorAll(".filterable")) {
  const rows = [...block.querySelectorAll("tbody tr")];
  const [label, shown] = words[document.documentElement.lang] ?? words.en;
  const field = document.createElement("input");
  field.type = "search";
  const name = document.createElement("label");
  name.append(`${label}: `, field);
  const count = document.createElement("output");
  field.addEventListener("input", () => {
    const wanted = field.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every((word) => text.includes(word));
    }
    count.textContent = ` ${rows.filter((row) => !row.hidden).length} ${shown}`;
  });
  block.prepend(name, count);
}
