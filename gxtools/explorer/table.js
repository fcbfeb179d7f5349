// A table whose figures can be chosen by mouse or keyboard. Every text is set as text, never as HTML.
function render({ model, el }) {
  const box = document.createElement("div");
  box.className = "gx-table";
  el.append(box);
  const choose = (row, column) => {
    model.set("selected", [row, column, Date.now()]);
    model.save_changes();
  };
  const mark = () => {
    const [row, column] = model.get("selected");
    box.querySelectorAll("td.gx-on").forEach((cell) => cell.classList.remove("gx-on"));
    const cell = box.querySelector(`td[data-row="${row}"][data-column="${column}"]`);
    if (cell) cell.classList.add("gx-on");
  };
  const draw = () => {
    const table = document.createElement("table");
    const head = table.createTHead().insertRow();
    for (const [, heading, figure] of model.get("columns")) {
      const cell = document.createElement("th");
      cell.textContent = heading;
      if (figure) cell.className = "gx-figure";
      head.append(cell);
    }
    const body = table.createTBody();
    model.get("rows").forEach((texts, row) => {
      const line = body.insertRow();
      texts.forEach((text, column) => {
        const cell = line.insertCell();
        cell.textContent = text;
        if (!model.get("columns")[column][2]) return;
        cell.className = "gx-figure gx-link";
        cell.dataset.row = row;
        cell.dataset.column = column;
        cell.tabIndex = 0;
        cell.addEventListener("click", () => choose(row, column));
        cell.addEventListener("keydown", (event) => {
          if (event.key !== "Enter" && event.key !== " ") return;
          event.preventDefault();
          choose(row, column);
        });
      });
    });
    box.replaceChildren(table);
    mark();
  };
  model.on("change:rows", draw);
  model.on("change:selected", mark);
  draw();
}
export default { render };
