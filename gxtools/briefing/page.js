"use strict";
const words = document.body.dataset;
const plain = text => text.replace(/,/g, "").replace("−", "-");
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0], rows = [...body.rows];
  const tools = document.createElement("div"), field = document.createElement("input");
  const told = document.createElement("span"), save = document.createElement("button");
  const tell = () => {
    told.textContent = `${rows.filter(row => !row.hidden).length}/${rows.length} ${words.rows}`;
  };
  tools.className = "tools";
  field.type = "search";
  field.placeholder = words.filter;
  field.setAttribute("aria-label", words.filter);
  save.textContent = words.save;
  field.oninput = () => {
    const wanted = field.value.trim().toLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !wanted.every(word => text.includes(word));
    }
    tell();
  };
  save.onclick = () => {
    // A figure stays one; other text that a spreadsheet would take for a formula is quoted.
    const cell = text => /^−?[\d,]+$/.test(text) ? plain(text) : `"${(/^[=+\-@\t\r]/.test(text) ? "'" + text : text).replace(/"/g, '""')}"`;
    const shown = [table.tHead.rows[0], ...[...body.rows].filter(row => !row.hidden)];
    const lines = shown.map(row => [...row.cells].map(one => cell(one.textContent)).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n")], {type: "text/csv"}));
    link.download = table.caption.textContent.trim() + ".csv";
    link.click();
  };
  [...table.tHead.rows[0].cells].forEach((head, at) => {
    const button = document.createElement("button"), number = head.classList.contains("n");
    let up = !number;
    button.textContent = head.textContent;
    button.onclick = () => {
      const key = row => number ? parseFloat(plain(row.cells[at].textContent)) : row.cells[at].textContent;
      const order = (a, b) => number ? a - b : a.localeCompare(b, document.documentElement.lang);
      rows.sort((one, other) => {
        const a = key(one), b = key(other);
        // What is blank or unread stands last, whichever way the rest is sorted.
        if (number && (isNaN(a) || isNaN(b))) return isNaN(a) - isNaN(b);
        return up ? order(a, b) : order(b, a);
      });
      body.append(...rows);
      for (const other of head.parentNode.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      up = !up;
    };
    head.replaceChildren(button);
  });
  tools.append(field, told, save);
  table.parentNode.before(tools);
  tell();
}
