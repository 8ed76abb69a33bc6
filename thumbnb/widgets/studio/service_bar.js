export default {
  render({ model, el, signal }) {
    const bar = h("div", { class: "thumbnb-services" });
    const left = h("span", { class: "thumbnb-services-credits", role: "status" });
    el.classList.add("thumbnb");
    el.append(bar, errorArea(model, signal));

    follow(model, ["services"], () => {
      const pills = model.get("services").map((service) =>
        h(
          "span",
          { class: "thumbnb-services-pill", "data-hosted": String(service.hosted) },
          h("strong", {}, service.name),
          ` ${service.where}`,
        ),
      );
      bar.replaceChildren(...pills, left);
    }, signal);
    follow(model, ["credits", "allowed"], () => {
      const parts = [];
      if (model.get("credits") !== null) parts.push(`${amount(model.get("credits"))} left`);
      if (model.get("allowed") !== null) parts.push(`${amount(model.get("allowed"))} of the budget`);
      left.textContent = parts.join(", ");
    }, signal);
  },
};

function amount(credits) {
  return `${Number(credits.toFixed(2))} credit${credits === 1 ? "" : "s"}`;
}
