#include "kernel/audit/verify.hpp"

#include <algorithm>

#include "kernel/audit/entry.hpp"
#include "kernel/auth.hpp"
#include "kernel/db.hpp"
#include "kernel/services.hpp"
#include "kernel/values.hpp"

namespace ponte::audit {
namespace {

constexpr std::int64_t most_at_once = 500;

struct End {
    std::int64_t number = 0;
    std::string hash;
};
FIELDS(End, number, hash);

// What the log says today of what was entered: '' of a fact, null of an event that is gone.
struct Found {
    std::optional<std::string> content, batch;
    bool is_kept = false, is_of_another_life = false;
};

std::string page_sql() {
    return "select " + common_columns("a") +
           ", a.number::text, a.version::text, case when a.is_fact then 't' else 'f' end as "
           "is_fact, "
           "coalesce(a.details::text, '') as details, a.content, a.batch, a.hash, "
           "case when a.is_fact then '' when e.id is not null then " +
           content_sql("e") +
           " end as found_content, case when a.is_fact then '' when e.transaction = a.transaction "
           "then " +
           batch_sql("e") +
           " end as found_batch, a.at >= coalesce((select date_trunc('month', o.at) from events o "
           "where not o.is_quiet order by o.transaction, o.sequence limit 1), a.at) as is_kept, "
           "e.transaction <> a.transaction as is_of_another_life from audit_entries a "
           "left join events e on not a.is_fact and e.tenant_id = a.tenant_id "
           "and e.entity = a.entity and e.sequence = a.sequence and e.entity_id = "
           "coalesce(a.entity_id, '00000000-0000-0000-0000-000000000000') "
           "where a.tenant_id = $1 and a.number > $2 and a.number <= $3 "
           "order by a.number limit $4";
}

// Those that somebody put into the log below what has been entered.
constexpr const char* strangers_sql =
    "select e.sequence::text || ' ' || e.name from events e where e.tenant_id = $1 "
    "and not e.is_quiet and not e.is_passing and (e.transaction, e.sequence) <= "
    "(select transaction, sequence from audit_position) and not exists (select from audit_entries "
    "a "
    "where a.tenant_id = e.tenant_id and a.sequence = e.sequence and not a.is_fact) "
    "order by e.sequence limit 1";

Found found_in(const db::Rows& rows, int row) {
    Found found;
    db::read_field(rows, row, rows.column("found_content"), found.content);
    db::read_field(rows, row, rows.column("found_batch"), found.batch);
    db::read_field(rows, row, rows.column("is_kept"), found.is_kept);
    db::read_field(rows, row, rows.column("is_of_another_life"), found.is_of_another_life);
    return found;
}

class Walk {
public:
    Walk(std::string secret, const std::vector<Anchor>& anchors)
        : secret_(std::move(secret)), anchors_(anchors) {}

    // False: this entry is not as it was.
    bool pass(const Entry& entry, const Found& found) {
        const std::int64_t number = std::stoll(entry.number);
        verdict.number = verdict.entries + 1;
        verdict.what = entry.name;
        verdict.fault = fault_of(entry, number, found);
        if (verdict.fault) {
            return false;
        }
        hash_ = entry.hash;
        verdict.entries = number;
        verdict.until = format_time(Time{Milliseconds{std::stoll(entry.at_us) / 1'000}});
        return true;
    }
    const std::string& hash() const { return hash_; }

    Verdict verdict;

private:
    std::optional<Fault> fault_of(const Entry& entry, std::int64_t number, const Found& found) {
        if (number != verdict.entries + 1) {
            return Fault::entry_missing;
        }
        if (entry.hash != hash_of(entry, hash_, secret_)) {
            return Fault::entry_changed;
        }
        for (const Anchor& anchor : anchors_) {
            if (anchor.number == number && anchor.hash != entry.hash) {
                return Fault::anchor_differs;
            }
        }
        return entry.is_fact == "t" ? std::nullopt : fault_of_event(entry, found);
    }
    std::optional<Fault> fault_of_event(const Entry& entry, const Found& found) {
        if (!found.content) {
            verdict.dropped += found.is_kept ? 0 : 1;
            return found.is_kept ? std::optional(Fault::event_missing) : std::nullopt;
        }
        if (*found.content != entry.content) {
            return Fault::event_changed;
        }
        if (found.is_of_another_life) {
            verdict.uncompared += entry.batch.empty() ? 0 : 1;
            return {};
        }
        return found.batch == entry.batch ? std::nullopt : std::optional(Fault::batch_changed);
    }

    std::string secret_, hash_ = std::string(beginning);
    const std::vector<Anchor>& anchors_;
};

bool is_beyond(const std::vector<Anchor>& anchors, std::int64_t number) {
    return std::ranges::any_of(anchors,
                               [number](const Anchor& anchor) { return anchor.number > number; });
}

}  // namespace

std::string in_words(Fault fault) {
    switch (fault) {
        case Fault::entry_missing:
            return "the entry is missing";
        case Fault::entry_changed:
            return "the entry was changed or put in";
        case Fault::event_changed:
            return "its event in the log was changed";
        case Fault::event_missing:
            return "its event was taken out of the log";
        case Fault::batch_changed:
            return "events of its bulk or import were changed, taken out or put in";
        case Fault::event_put_in:
            return "an event was put into the log";
        case Fault::end_missing:
            return "the end of the chain is missing from here on";
        case Fault::anchor_differs:
            return "an anchor says that another entry stood here";
    }
    return {};
}

std::string_view name_of(Fault fault) {
    constexpr std::string_view names[] = {"entry_missing", "entry_changed", "event_changed",
                                          "event_missing", "batch_changed", "event_put_in",
                                          "end_missing",   "anchor_differs"};
    return names[static_cast<std::size_t>(fault)];
}

Task<Verdict> verify(Services& services, Loop& loop, Id company,
                     const std::vector<Anchor>& anchors) {
    static const std::string sql = page_sql();
    const db::Scope scope{db::Role::system, {}};
    std::vector<Anchor> own;
    std::ranges::copy_if(anchors, std::back_inserter(own),
                         [&](const Anchor& anchor) { return anchor.company == company; });
    Walk walk(services.keys.seal_key, own);
    db::Params of_company{company};
    const db::Rows ends = co_await services.database().query(
        loop, scope, "select number, hash from audit_chains where tenant_id = $1", of_company);
    const End end = ends.empty() ? End{} : db::read_row<End>(ends, 0);
    for (int rows_read = static_cast<int>(most_at_once); rows_read == most_at_once;) {
        db::Params page{company, walk.verdict.entries, end.number, most_at_once};
        const db::Rows rows = co_await services.database().query(loop, scope, sql, std::move(page));
        for (int row = 0; row < rows.size(); ++row) {
            if (!walk.pass(db::read_row<Entry>(rows, row), found_in(rows, row))) {
                co_return walk.verdict;
            }
        }
        rows_read = rows.size();
    }
    Verdict verdict = walk.verdict;
    if (verdict.entries != end.number || walk.hash() != end.hash || is_beyond(own, end.number)) {
        verdict.fault = Fault::end_missing;
        verdict.number = verdict.entries + 1;
        verdict.what.clear();
        co_return verdict;
    }
    const db::Rows strangers =
        co_await services.database().query(loop, scope, strangers_sql, std::move(of_company));
    if (!strangers.empty()) {
        verdict.fault = Fault::event_put_in;
        verdict.number = 0;
        verdict.what = strangers.text(0, 0);
    }
    co_return verdict;
}

Task<std::vector<Id>> companies(Services& services, Loop& loop) {
    const db::Scope scope{db::Role::system, {}};
    const db::Rows rows = co_await services.database().query(
        loop, scope, "select tenant_id from audit_chains order by tenant_id");
    std::vector<Id> found;
    for (int row = 0; row < rows.size(); ++row) {
        found.push_back(db::read_row<Id>(rows, row));
    }
    co_return found;
}

}  // namespace ponte::audit
