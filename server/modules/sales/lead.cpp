#include "modules/sales/lead.hpp"

#include "kernel/records.hpp"
#include "modules/sales/conversion.hpp"
#include "modules/sales/lead_hooks.hpp"
#include "modules/sales/price.hpp"

namespace ponte::sales {
namespace {

constexpr std::string_view unconverted = "new | contacted | qualified | lost";

constexpr Field lead_fields[] = {
    text("name").required().length(1, 255).searchable().sorted_as_name(),
    email("email").searchable(),
    phone("phone").searchable(),
    text("company").searchable().sorted_as_name(),
    cnpj("cnpj").searchable(),
    choice("status", "new | contacted | qualified | converted | lost")
        .starts_as("new")
        .colored("blue | amber | violet | green | gray"),
    integer("score").read_only().starts_as("0"),
    json("score_reasons").read_only().hidden(),
    user("assigned_to"),
    tags("tags", "tag"),
    long_text("interest").up_to(5'000),
    choice("origin", "manual | csv | api | form | dinamize | channel")
        .starts_as("manual")
        .section("source"),
    text("source").up_to(60).not_sortable().section("source"),
    text("campaign").up_to(100).not_sortable().section("source"),
    url("source_url").section("source"),
    json("source_data").hidden().section("source"),
    text("job_title").up_to(120).not_sortable().section("more"),
    url("website").section("more"),
    long_text("address").up_to(500).section("more"),
    text("city").up_to(100).not_sortable().section("more"),
    text("state").up_to(100).not_sortable().section("more"),
    text("country").length(2, 2).not_sortable().section("more"),
    link("contact_id", "contact").about().section("more"),
    link("opportunity_id", "opportunity").read_only(),
    datetime("converted_at").read_only(),
};

constexpr Field converting[] = {
    text("title").up_to(200),
    money("value").between(0, highest_price),
    link("pipeline_id", "pipeline"),
    link("opportunity_id", "opportunity"),
};

constexpr Action lead_actions[] = {
    action("convert", convert).takes(converting).needs("update").when("status", unconverted),
};

}  // namespace

constexpr Entity lead_entity{
    .name = "lead",
    .table = "leads",
    .fields = lead_fields,
    .actions = lead_actions,
    .owner = "assigned_to",
    .counted_by = "status",
    .rights =
        "supervisor: read create update delete import export | agent: read create | "
        "sales: read create update:own delete:own export:own",
    .has_custom_fields = true,
    .is_in_search = true,
    .can_be_imported = true,
    .tells = "converted",
    .before_write = before_lead,
};
static_assert(valid(lead_entity));

}  // namespace ponte::sales
