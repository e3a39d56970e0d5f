#include "modules/sales/scoring.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <typeindex>

#include "kernel/sweeping.hpp"

namespace ponte::sales {
namespace {

constexpr std::int64_t best = 100;
constexpr int leads_a_job = 300;
constexpr std::string_view custom = "customFields.";

struct Rule {
    std::string name, field, question;
    std::optional<std::string> value;
    std::int64_t points = 0;
};
FIELDS(Rule, name, field, question, value, points);

Task<std::vector<Rule>> rules_there_are(Ctx& ctx) {
    auto rules = co_await ctx.tx.all<Rule>(
        "select name, field, question, value, points from score_rules "
        "where tenant_id = current_tenant() and is_active and deleted_at is null "
        "order by points desc, name, id");
    co_return rules;
}

const Json& value_in(const Json& lead, std::string_view field) {
    return field.starts_with(custom) ? lead["customFields"][field.substr(custom.size())]
                                     : lead[field];
}

bool is_empty(const Json& value) {
    return value.is_null() || (value.is_string() && value.as_string().empty()) ||
           (value.is_array() && value.items().empty());
}

std::string text_of(const Json& value) {
    return folded(value.is_string() ? value.as_string() : value.dump());
}

std::optional<double> number_in(std::string_view text) {
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc{} ? std::optional(number) : std::nullopt;
}

// Of a list, one of its values is enough.
bool says(const Json& value, const std::string& wanted, bool whole) {
    if (value.is_array()) {
        return std::ranges::any_of(value.items(),
                                   [&](const Json& one) { return says(one, wanted, whole); });
    }
    const std::string text = text_of(value);
    return whole ? text == wanted : text.find(wanted) != text.npos;
}

bool is_within(const Json& value, const std::string& days, Time now) {
    const auto most = number_in(days);
    auto at = parse_time(value.as_string());
    if (!at) {
        at = parse_time(value.as_string() + "T00:00:00Z");
    }
    const auto span = std::chrono::hours(static_cast<std::int64_t>(most.value_or(0) * 24));
    return at && most && now - *at <= span;
}

bool is_met(const Rule& rule, const Json& lead, Time now) {
    const Json& value = value_in(lead, rule.field);
    const std::string given = rule.value.value_or(""), wanted = folded(given);
    if (rule.question == "empty") {
        return is_empty(value);
    }
    if (is_empty(value)) {
        return false;
    }
    if (rule.question == "is" || rule.question == "contains") {
        return !wanted.empty() && says(value, wanted, rule.question == "is");
    }
    if (rule.question == "at_least") {
        const auto least = number_in(given);
        const auto has =
            value.is_number() ? std::optional(value.as_number()) : number_in(value.as_string());
        return least && has && *has >= *least;
    }
    return rule.question == "filled" || is_within(value, given, now);
}

// The lead as the API would show it once it is written.
Json after(const Changes& changes, const Change& change) {
    Json lead = change.before.is_null() ? Json::object() : change.before;
    for (const records::Column& column : changes.kind->columns) {
        const Json* given = column.field ? change.values.find(column.field->name) : nullptr;
        if (given) {
            lead.set(column.json_name, records::shown(column.type, *given));
        }
    }
    if (const Json* own = change.values.find(records::custom_column)) {
        lead.set("customFields", *own);
    }
    if (lead["createdAt"].is_null()) {
        lead.set("createdAt", format_time(changes.at));
    }
    return lead;
}

void score_one(const std::vector<Rule>& rules, const Json& lead, Change& change, Time now) {
    std::int64_t sum = 0;
    Json reasons = Json::array();
    for (const Rule& rule : rules) {
        if (is_met(rule, lead, now)) {
            sum += rule.points;
            reasons.push(Json::object({{"rule", rule.name}, {"points", rule.points}}));
        }
    }
    change.values.set("score", std::clamp<std::int64_t>(sum, 0, best));
    change.values.set("score_reasons", std::move(reasons));
}

}  // namespace

Task<> score(Ctx& ctx, Changes& changes) {
    if (changes.records.empty()) {
        co_return;
    }
    const std::vector<Rule> rules = co_await rules_there_are(ctx);
    for (Change& change : changes.records) {
        score_one(rules, after(changes, change), change, ctx.now);
    }
}

Json tried(const Json& rule, const Json& lead, Time now) {
    Rule asked;
    asked.field = rule["field"].as_string();
    asked.question = rule["question"].as_string();
    asked.value = rule["value"].as_string();
    const bool matches = is_met(asked, lead, now);
    return Json::object({{"matches", matches},
                         {"points", matches ? rule["points"] : Json(0)},
                         {"found", value_in(lead, asked.field)},
                         {"score", lead["score"]},
                         {"scoreReasons", lead["scoreReasons"]}});
}

void require_field(Ctx& ctx, const std::string& name) {
    const auto& kind = ctx.services.entities().get("lead");
    const bool is_time = name == "createdAt" || name == "updatedAt";
    if (!is_time && !name.starts_with(custom) && !kind.field_by_json(name)) {
        throw invalid("field", "not_found");
    }
}

Task<> score_again(Ctx& ctx, const Event&) {
    EnqueueOptions options;
    options.unique_key = ctx.who.tenant.text();
    ctx.enqueue_args(typeid(ScoreLeads), args_to(ScoreLeads{}), options);
    co_return;
}

Task<> score_daily(Ctx& ctx, const ScoreDaily&) {
    const db::Rows rows = co_await ctx.tx.query(
        "select distinct tenant_id from score_rules "
        "where question = 'within_days' and is_active and deleted_at is null");
    enqueue_for_each(ctx, rows, "sales.score_leads");
}

// What is scored as it was is not written.
Task<> score_leads(Ctx& ctx, const ScoreLeads& args) {
    const auto ids = co_await ctx.tx.all<Id>(
        "select id from leads where tenant_id = current_tenant() and id > $1::uuid "
        "and deleted_at is null and status <> 'converted' order by id limit $2::int",
        args.after, leads_a_job);
    std::vector<std::pair<Id, Values>> changes;
    for (const Id& id : ids) {
        changes.emplace_back(id, Values{});
    }
    if (ids.size() == leads_a_job) {
        ctx.enqueue<ScoreLeads>(ids.back());
    }
    if (!changes.empty()) {
        co_await ctx.update_many("lead", std::move(changes));
    }
}

}  // namespace ponte::sales
