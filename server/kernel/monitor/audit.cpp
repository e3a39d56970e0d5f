#include "kernel/monitor/audit.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "kernel/app.hpp"
#include "kernel/audit/anchor.hpp"
#include "kernel/audit/verify.hpp"
#include "kernel/db/budgets.hpp"
#include "kernel/entities/catalogue.hpp"
#include "kernel/log.hpp"
#include "kernel/past/log_page.hpp"
#include "kernel/people.hpp"
#include "kernel/realtime/linked_titles.hpp"
#include "kernel/records/input.hpp"
#include "kernel/records/record.hpp"
#include "kernel/services.hpp"

namespace ponte {
namespace {

using audit::Anchor;
using records::LogPage;

constexpr Field audit_query[] = {
    integer("limit").between(1, 100), text("cursor"),   text("entity").up_to(60),
    text("entity_id").up_to(60),      text("actor_id"), text("key_id"),
    text("event").up_to(100),         datetime("from"), datetime("to"),
};

struct Question {
    LogPage page;
    std::string conditions;
    db::Params params;

    void add(const std::string& condition, db::Param value) {
        params.push_back(std::move(value));
        conditions += " and " + condition + " $" + std::to_string(params.size());
    }
};

Id id_in(const std::string& name, const std::string& value) {
    const auto id = Id::parse(value);
    if (!id) {
        throw bad_parameter(name, "format");
    }
    return *id;
}

// A moment, or a day of the company's own: its first moment, or the one it is over at.
enum class Of { beginning, end };
std::string moment_in(const Ctx& ctx, const std::string& name, const std::string& value, Of of) {
    const std::string& zone = ctx.who.timezone;
    auto at = start_of_date(value, zone);
    if (at && of == Of::end) {
        at = start_of_day(*at, zone, 1);
    }
    if (!at) {
        at = parse_time(value);
    }
    if (!at) {
        throw bad_parameter(name, "format");
    }
    return format_time(*at);
}

Question question_in(const Ctx& ctx, const http::Request& request) {
    Question question;
    question.params.emplace_back(ctx.who.tenant);
    for (const auto& [name, value] : request.query_pairs()) {
        if (question.page.takes(name, value)) {
            continue;
        }
        if (name == "entity") {
            question.add("a.entity =", value);
        } else if (name == "entityId") {
            question.add("a.entity_id =", id_in(name, value));
        } else if (name == "actorId") {
            question.add("a.actor_id =", id_in(name, value));
        } else if (name == "keyId") {
            question.add("a.key_id =", id_in(name, value));
        } else if (name == "event") {
            question.add("a.name =", value);
        } else if (name == "from") {
            question.add("a.at >=", moment_in(ctx, name, value, Of::beginning));
        } else if (name == "to") {
            question.add("a.at <", moment_in(ctx, name, value, Of::end));
        } else {
            throw bad_parameter(name, "unknown");
        }
    }
    question.add("a.number <", question.page.before);
    return question;
}

enum AuditColumn {
    audit_entity = records::first_column_beside,
    audit_record,
    audit_operation,
    audit_address,
    audit_agent,
    audit_details,
    audit_hash
};

// What a record's event changed stands in the log, as long as that is kept.
std::string page_sql(const Ctx& ctx, const Question& question) {
    const records::EntrySql entry{"t", "t.name", "t.changes"};
    return "select " + entry.columns(ctx.services.people()) +
           ", t.entity, t.entity_id, t.operation_id, t.address, t.agent, t.details, t.hash from ("
           "select a.number as sequence, a.id, a.name, a.at, a.actor_id, a.key_id, a.entity, "
           "a.entity_id, a.operation_id, a.details, a.hash, o.address, o.agent, "
           "(select e.changes from events e where not a.is_fact and e.tenant_id = a.tenant_id "
           "and e.entity = a.entity and e.sequence = a.sequence and e.entity_id = "
           "coalesce(a.entity_id, '00000000-0000-0000-0000-000000000000')) as changes "
           "from audit_entries a left join origins o on o.tenant_id = a.tenant_id "
           "and o.id = a.origin where a.tenant_id = $1::uuid" +
           question.conditions + " order by a.number desc limit " +
           std::to_string(question.page.limit + 1) + ") t order by t.sequence desc";
}

void append_text_or_null(std::string& out, std::string_view member, const db::Rows& rows, int row,
                         int column) {
    out.append(",\"").append(member).append("\":");
    records::append_id_or_null(out, rows, row, column);
}

std::string entry_json(const Ctx& ctx, const db::Rows& rows, int row,
                       const realtime::LinkedTitles& titles) {
    std::string out;
    records::begin_entry(out, ctx, "event", rows, row);
    out.append(",\"number\":").append(rows.text(row, records::entry_sequence));
    append_text_or_null(out, "entity", rows, row, audit_entity);
    out += ",\"record\":";
    if (rows.is_null(row, audit_record)) {
        out += "null";
    } else {
        const auto id = Id::parse(rows.text(row, audit_record));
        const auto title = id ? titles.find(*id) : titles.end();
        records::append_linked(out, "title", rows.text(row, audit_record),
                               title == titles.end() ? "" : title->second);
    }
    append_text_or_null(out, "operationId", rows, row, audit_operation);
    append_text_or_null(out, "address", rows, row, audit_address);
    append_text_or_null(out, "agent", rows, row, audit_agent);
    out.append(",\"details\":")
        .append(rows.is_null(row, audit_details) ? "null" : rows.text(row, audit_details));
    append_text_or_null(out, "hash", rows, row, audit_hash);
    out.push_back('}');
    return out;
}

Task<realtime::LinkedTitles> titles_on(Ctx& ctx, const db::Rows& rows) {
    std::vector<std::pair<const records::Kind*, Id>> wanted;
    for (int row = 0; row < rows.size(); ++row) {
        const records::Kind* kind = ctx.services.entities().find(rows.text(row, audit_entity));
        const auto id = Id::parse(rows.text(row, audit_record));
        if (kind && id && !kind->entity->lives_inside) {
            wanted.emplace_back(kind, *id);
        }
    }
    auto titles =
        co_await realtime::read_titles(ctx.services, ctx.loop, ctx.who.tenant, std::move(wanted));
    co_return titles;
}

Task<http::Response> list_audit(Ctx& ctx, const http::Request& request) {
    Question question = question_in(ctx, request);
    const std::string sql = page_sql(ctx, question);
    const db::Rows rows = co_await ctx.tx.query(sql, std::move(question.params));
    const auto titles = co_await titles_on(ctx, rows);
    const int shown = std::min(rows.size(), static_cast<int>(question.page.limit));
    std::string entries;
    for (int row = 0; row < shown; ++row) {
        entries.append(entries.empty() ? "" : ",").append(entry_json(ctx, rows, row, titles));
    }
    records::LogPageEnd end;
    if (shown > 0) {
        end = {rows.size() > shown, rows.text(shown - 1, records::entry_sequence),
               rows.text(shown - 1, records::entry_id)};
    }
    http::Response response;
    response.body = records::log_page_json(entries, question.page, end);
    co_return response;
}

struct ChainRow {
    std::int64_t number = 0;
    std::string hash, entered_at;
    std::optional<std::string> verified_at, fault;
    std::optional<std::int64_t> verified_number, fault_number;
};
FIELDS(ChainRow, number, hash, entered_at, verified_at, fault, verified_number, fault_number);

constexpr const char* chain_sql =
    "select number, hash, entered_at, verified_at, fault, verified_number, fault_number "
    "from audit_chains where tenant_id = current_tenant()";

Json time_or_null(const std::optional<std::string>& database_text) {
    if (!database_text) {
        return {};
    }
    std::string text;
    records::append_time(text, *database_text);
    return text;
}

template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json{};
}

Anchor anchor_at(const Ctx& ctx, std::int64_t number, std::string hash) {
    Anchor anchor{format_time(ctx.now), ctx.who.tenant, number, std::move(hash), {}};
    anchor.signature = audit::signature_of(anchor, ctx.services.keys.seal_key);
    return anchor;
}

// With the line that somebody else may keep, to hold it against us one day.
Task<http::Response> show_chain(Ctx& ctx, const http::Request&) {
    const auto row = co_await ctx.tx.maybe<ChainRow>(chain_sql);
    const ChainRow chain = row.value_or(ChainRow{});
    const Anchor anchor = anchor_at(ctx, chain.number, chain.hash);
    co_return reply(200, Json::object({{"number", chain.number},
                                       {"hash", chain.hash},
                                       {"enteredAt", row ? time_or_null(chain.entered_at) : Json{}},
                                       {"verifiedAt", time_or_null(chain.verified_at)},
                                       {"verifiedNumber", or_null(chain.verified_number)},
                                       {"fault", or_null(chain.fault)},
                                       {"faultNumber", or_null(chain.fault_number)},
                                       {"anchor", row ? Json(anchor.line()) : Json{}}}));
}

struct WatchAudit {};
template <class Visit>
void visit_fields(const WatchAudit&, Visit&&) {}

std::string anchors_file(const Services& services) {
    return services.settings.data_dir + "/audit/anchors.log";
}

std::vector<Anchor> kept_anchors(const Services& services) {
    std::vector<Anchor> anchors;
    std::ifstream file(anchors_file(services));
    for (std::string line; std::getline(file, line);) {
        if (auto anchor = audit::anchor_in(line, services.keys.seal_key)) {
            anchors.push_back(std::move(*anchor));
        }
    }
    return anchors;
}

void keep_anchor(const Services& services, const std::string& line) {
    const std::string path = anchors_file(services);
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const std::string text = line + "\n";
    if (file < 0 || ::write(file, text.data(), text.size()) < 0 || ::fsync(file) != 0) {
        log::error("an anchor of the audit could not be written", {{"file", path}});
    }
    if (file >= 0) {
        ::close(file);
    }
}

// A company's chain walked, what was found written down, and where it stands told outside.
Task<> watch_company(Ctx& ctx, Id company, const std::vector<Anchor>& anchors) {
    const auto verdict = co_await audit::verify(ctx.services, ctx.loop, company, anchors);
    ctx.enter_as_system(company);
    ctx.now = now();
    ctx.tx.act_as({db::Role::system, company});
    std::optional<std::string> fault;
    std::optional<std::int64_t> number;
    if (verdict.fault) {
        fault = audit::name_of(*verdict.fault);
        number = verdict.number;
        log::error("the audit of a company is not what was entered",
                   {{"tenant", company}, {"fault", *fault}, {"entry", verdict.number}});
    }
    db::Params found{company, format_time(ctx.now), verdict.entries, fault, number};
    const db::Rows rows = co_await ctx.tx.commit_with(
        "update audit_chains set verified_at = $2, verified_number = $3, fault = $4, "
        "fault_number = $5 where tenant_id = $1 returning number, hash",
        std::move(found));
    if (!rows.empty() && !verdict.fault) {
        const std::string line =
            anchor_at(ctx, std::stoll(std::string(rows.text(0, 0))), std::string(rows.text(0, 1)))
                .line();
        log::info("audit anchor", {{"anchor", line}});
        keep_anchor(ctx.services, line);
    }
}

Task<> watch_audit(Ctx& ctx, const WatchAudit&) {
    const std::vector<Anchor> anchors = kept_anchors(ctx.services);
    const auto companies = co_await audit::companies(ctx.services, ctx.loop);
    for (const Id& company : companies) {
        co_await watch_company(ctx, company, anchors);
    }
}

}  // namespace

void declare_audit(App& app) {
    app.resource("audit", "readonly:");  // administrators', and whose a company gives it to
    app.route("GET", "/audit", list_audit)
        .needs("audit.read")
        .in("audit")
        .called("listAudit")
        .asks(audit_query)
        .reading_itself()
        .gives(200, "AuditEntryPage");
    app.route("GET", "/audit/chain", show_chain)
        .needs("audit.read")
        .in("audit")
        .called("getAuditChain")
        .gives(200, "AuditChain");
    app.job<WatchAudit>("audit.watch", watch_audit).commits_itself().at("00:10");
}

}  // namespace ponte
