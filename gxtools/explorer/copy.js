// A button that puts a text on the clipboard. Some pages may not: then it says so.
function render({ model, el }) {
  const button = document.createElement("button");
  button.className = "jupyter-button lm-Widget widget-button gx-copy";
  const label = () => (button.textContent = model.get("label"));
  const tell = (words) => {
    button.textContent = words;
    setTimeout(label, 2500);
  };
  const old = (text) => {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  };
  button.addEventListener("click", async () => {
    const text = model.get("text");
    let done = false;
    try {
      await navigator.clipboard.writeText(text);
      done = true;
    } catch {
      done = old(text);
    }
    model.set("copied", done);
    model.save_changes();
    tell(model.get(done ? "done" : "failed"));
  });
  model.on("change:label", label);
  label();
  el.append(button);
}
export default { render };
