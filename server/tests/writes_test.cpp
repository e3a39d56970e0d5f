// Every way in which records come to be, change and go, for every declared entity: each change has
// moved one version, left one event that says whose it is, and passed each hook exactly once.
#include <algorithm>
#include <deque>
#include <map>
#include <mutex>

#include "kernel/entities/catalogue.hpp"
#include "kernel/records/changes.hpp"
#include "kernel/testing/wait.hpp"
#include "kernel/words.hpp"
#include "tests/importing.hpp"
#include "tests/samples.hpp"

namespace ponte::testing {
namespace {

using records::Kind;
using Counts = std::map<std::string, int>;  // "contact.updated 018f…" → how often

// Hooks that write down what they are given, around those that the entities have.
class Recorder {
public:
    Recorder() {
        for (const auto& kind : server().services().entities().all()) {
            own_.emplace(kind->entity->name, kind->entity);
            Entity& watched = watched_.emplace_back(*kind->entity);
            watched.before_write = before;
            watched.after_write = after;
            kind->entity = &watched;
        }
    }
    static Recorder& one() {
        static Recorder recorder;
        return recorder;
    }
    void forget() {
        const std::scoped_lock lock(mutex_);
        before_.clear();
        after_.clear();
    }
    Counts before_write() { return copy(before_); }
    Counts after_write() { return copy(after_); }

private:
    static Task<> before(Ctx& ctx, Changes& changes) {
        const Entity& own = *one().own_.at(changes.kind->entity->name);
        if (own.before_write) {
            co_await own.before_write(ctx, changes);
        }
        one().note(one().before_, changes);
    }
    static Task<> after(Ctx& ctx, const Changes& changes) {
        const Entity& own = *one().own_.at(changes.kind->entity->name);
        one().note(one().after_, changes);
        if (own.after_write) {
            co_await own.after_write(ctx, changes);
        }
    }
    void note(Counts& counts, const Changes& changes) {
        const std::scoped_lock lock(mutex_);
        for (const Change& change : changes.records) {
            ++counts[std::string(changes.kind->entity->name) + "." +
                     std::string(past_of(changes.verb)) + " " + change.id.text()];
        }
    }
    Counts copy(const Counts& counts) {
        const std::scoped_lock lock(mutex_);
        return counts;
    }

    std::mutex mutex_;
    std::map<std::string_view, const Entity*> own_;
    std::deque<Entity> watched_;
    Counts before_, after_;
};

// The first field that two records may share, else the title.
const Field& field_to_change(const Kind& kind) {
    for (const Field& field : kind.entity->fields) {
        const bool is_text = field.type == Type::text || field.type == Type::long_text;
        if (is_text && !field.is_unique && !field.is_immutable && !field.is_read_only &&
            field.name != "role") {
            return field;
        }
    }
    return *kind.field(kind.entity->title);
}

struct WritesTest : ApiTest {
    Samples samples{company, "escrita"};
    std::map<std::string, std::int64_t> versions_before;
    std::int64_t events_before = 0;

    WritesTest() { Recorder::one(); }

    std::map<std::string, std::int64_t> versions() {
        std::map<std::string, std::int64_t> sums;
        for (const auto& kind : server().services().entities().all()) {
            sums[std::string(kind->entity->name)] =
                server().number("select coalesce(sum(version), 0) from " +
                                    std::string(kind->entity->table) + " where tenant_id = $1",
                                {company.id()});
        }
        return sums;
    }
    void begin() {
        versions_before = versions();
        events_before = server().number("select coalesce(max(sequence), 0) from events");
        Recorder::one().forget();
    }
    std::vector<Server::Row> events() {
        return server().sql(
            "select name || ' ' || entity_id, entity, owner_id is not null or author_id is not "
            "null, version from events where tenant_id = $1 and sequence > $2::bigint and name "
            "~ '[.](created|updated|deleted|restored)$'",
            {company.id(), std::to_string(events_before)});
    }
    // What was written since `begin`, seen from four sides.
    void expect_seen(const std::string& way, const Kind& kind, int least = 1) {
        const std::string what = way + " of " + std::string(kind.entity->name);
        Counts told;
        std::map<std::string, std::int64_t> told_of;
        for (const Server::Row& event : events()) {
            ++told[event[0]];
            ++told_of[event[1]];
            EXPECT_EQ(event[2], "t") << what << ": nobody's event, " << event[0];
            EXPECT_GT(std::stoi(event[3]), 0) << what << ": an event without version, " << event[0];
        }
        const auto now = versions();
        for (const auto& [entity, sum] : now) {
            EXPECT_EQ(sum - versions_before[entity], told_of[entity])
                << what << ": versions of " << entity << " moved beside their events";
        }
        EXPECT_EQ(Recorder::one().before_write(), told) << what << ": before_write";
        EXPECT_EQ(Recorder::one().after_write(), told) << what << ": after_write";
        EXPECT_GE(told_of[std::string(kind.entity->name)], least) << what << ": nothing happened";
        begin();
    }

    std::string path(const Kind& kind, const std::string& id = {}) {
        return "/api/v1/" + kind.route + (id.empty() ? "" : "/" + id);
    }
    Json body(const Kind& kind) {
        Json values = samples.body_to_create(kind.route);
        if (values.is_null()) {
            values = samples.body(kind.entity->fields, kind.entity->name);
        }
        for (const Field& field : kind.entity->fields) {
            if (field.type == Type::tags) {
                values.set(camel_case(field.name), Json::array({unique_name("rótulo")}));
            }
        }
        return values;
    }
    // What a record of this entity is called: a file names it so.
    std::string title_in(std::string_view entity) {
        const Kind& kind = server().services().entities().get(entity);
        const Reply record = api.get(path(kind, samples.id_of(entity)));
        return record[camel_case(kind.entity->title)].as_string();
    }
    std::string made(const Kind& kind) { return save(api, path(kind), body(kind)).id; }
    Json patch(const Kind& kind) {
        const Field& field = field_to_change(kind);
        return Json::object({{camel_case(field.name), unique_name("outro")}});
    }
    void done(const Reply& started, const std::string& collection) {
        ASSERT_EQ(started.status, 202) << started.shown();
        const Reply end = finished(api, collection + started.id());
        ASSERT_THAT(end["state"].as_string(), ::testing::AnyOf("done", "undone")) << end.shown();
    }
};

std::vector<const Kind*> kinds() {
    std::vector<const Kind*> all;
    for (const auto& kind : server().services().entities().all()) {
        all.push_back(kind.get());
    }
    return all;
}

TEST_F(WritesTest, one_by_one_over_the_api) {
    for (const Kind* kind : kinds()) {
        if (!route_of("POST", "/" + kind->route)) {
            continue;
        }
        samples.id_of(kind->entity->name);  // and what it needs
        begin();
        const std::string id = made(*kind);
        expect_seen("POST", *kind);
        const Reply patched = api.patch(path(*kind, id), patch(*kind));
        EXPECT_EQ(patched.status, 200) << patched.shown();
        expect_seen("PATCH", *kind);
        Json whole = api.get(path(*kind, id)).body;
        whole.erase("users");  // of a role: counted by its route
        const Json change = patch(*kind);
        whole.set(change.members()[0].first, change.members()[0].second);
        const Reply put = api.put(path(*kind, id), whole);
        EXPECT_EQ(put.status, 200) << put.shown();
        expect_seen("PUT", *kind);
        if (kind->entity->can_be_deleted) {
            EXPECT_EQ(api.del(path(*kind, id)).status, 204);
            expect_seen("DELETE", *kind);
            EXPECT_EQ(api.post(path(*kind, id) + "/restore").status, 200);
            expect_seen("restore", *kind);
        }
    }
}

TEST_F(WritesTest, many_at_once_and_back_again) {
    for (const Kind* kind : kinds()) {
        if (!route_of("POST", "/" + kind->route + "/bulk")) {
            continue;
        }
        samples.id_of(kind->entity->name);
        Json ids = Json::array({made(*kind)});
        if (!field_to_change(*kind).is_unique) {
            ids.push(made(*kind));
        }
        const int many = static_cast<int>(ids.items().size());
        const auto bulk = [&](const char* action, Json values) {
            Json asked = Json::object({{"action", action}, {"ids", ids}});
            if (!values.is_null()) {
                asked.set("values", std::move(values));
            }
            return api.post(path(*kind) + "/bulk", asked);
        };
        const auto there_and_back = [&](const char* action, Json values) {
            const Reply started = bulk(action, std::move(values));
            done(started, "/api/v1/operations/");
            expect_seen(std::string("bulk ") + action, *kind, many);
            if (kind->entity->history != History::full) {
                return;  // what is not kept is not taken back
            }
            done(api.post("/api/v1/operations/" + started.id() + "/undo"), "/api/v1/operations/");
            expect_seen(std::string("undo of bulk ") + action, *kind, many);
        };
        begin();
        Json values = patch(*kind);
        for (const Field& field : kind->entity->fields) {
            if (field.type == Type::tags) {
                const Json added = Json::array({unique_name("massa"), unique_name("massa")});
                values.set(camel_case(field.name), Json::object({{"add", added}}));
            }
        }
        if (!field_to_change(*kind).is_unique) {  // of many at once no name is changed
            there_and_back("update", values);
        }
        there_and_back("delete", {});
        done(bulk("delete", {}), "/api/v1/operations/");
        begin();
        there_and_back("restore", {});
    }
}

TEST_F(WritesTest, by_imports_and_their_undo) {
    for (const Kind* kind : kinds()) {
        if (!kind->entity->can_be_imported) {
            continue;
        }
        const bool is_found_again = !kind->entity->match_fields.empty();
        const auto label = [&](std::string_view field) {
            return std::string(Words::all().text(
                Language::pt, std::string(kind->entity->name) + "." + std::string(field)));
        };
        // By what they are found again, and what else they cannot do without.
        std::string header = label(kind->entity->title);
        std::string rows[2] = {unique_name("Ana"), unique_name("Bia")};
        if (is_found_again) {
            header += ";" + label(key_of(*kind->entity));
            for (std::string& row : rows) {
                row += ";" + unique_email();
            }
        }
        for (const Field& field : kind->entity->fields) {
            if (field.is_required && field.initial.empty() && field.name != kind->entity->title) {
                header += ";" + label(field.name);
                const std::string value = field.type == Type::link ? title_in(field.target) : "12";
                for (std::string& row : rows) {
                    row += ";" + value;
                }
            }
        }
        const auto import = [&](const char* mode, std::string_view more, const char* label_text) {
            std::string text = header + ";" + label(more) + "\n";
            for (const std::string& row : rows) {
                text += row + ";" + label_text + "\n";
            }
            const FormFields form{{"entity", std::string(kind->entity->name)}, {"mode", mode}};
            return api.upload("/api/v1/imports", form, "a.csv", text);
        };
        const auto undo = [&](const Reply& import_) {
            done(api.post("/api/v1/imports/" + import_.id() + "/undo"), "/api/v1/imports/");
        };
        begin();
        const Reply created = import("create", changed_in(*kind->entity), "novo, mais novo");
        done(created, "/api/v1/imports/");
        expect_seen("import", *kind, 2);
        if (!is_found_again) {
            undo(created);
            expect_seen("undo of an import", *kind, 2);
            continue;
        }
        const Reply updated = import("update", changed_in(*kind->entity), "outro");
        done(updated, "/api/v1/imports/");
        expect_seen("import of changes", *kind, 2);
        undo(updated);
        expect_seen("undo of an import of changes", *kind, 2);
        undo(created);
        expect_seen("undo of an import", *kind, 2);
    }
}

// Our own code, as a module would write.
struct OurWay {
    std::string name;
    const Kind* kind = nullptr;
    std::vector<Id> ids;
    std::vector<Values> values;
};

Task<> go(OurWay& way, Id tenant, Id user) {
    Ctx ctx(server().services(), server().loop());
    ctx.now = now();
    ctx.who.tenant = tenant;
    ctx.who.user = user;
    ctx.who.is_system = true;
    const std::string_view entity = way.kind->entity->name;
    if (way.name == "ctx.create") {
        const Id id = co_await ctx.create(entity, way.values.front());
        way.ids = {id};
    } else if (way.name == "ctx.create_many") {
        way.ids = co_await ctx.create_many(entity, way.values);
    } else if (way.name == "ctx.update") {
        co_await ctx.update(entity, way.ids.front(), way.values.front());
    } else if (way.name == "ctx.update_many") {
        std::vector<std::pair<Id, Values>> wanted;
        for (std::size_t i = 0; i < way.ids.size(); ++i) {
            wanted.emplace_back(way.ids[i], way.values[i]);
        }
        co_await ctx.update_many(entity, wanted);
    } else if (way.name == "ctx.remove") {
        co_await ctx.remove(entity, way.ids.front());
    } else if (way.name == "ctx.remove_many") {
        co_await ctx.remove_many(entity, way.ids);
    } else if (way.name == "ctx.restore") {
        co_await ctx.restore(entity, way.ids.front());
    } else if (way.name == "ctx.restore_many") {
        co_await ctx.restore_many(entity, way.ids);
    }
    co_await ctx.tx.commit();
}

TEST_F(WritesTest, by_our_own_code) {
    for (const Kind* kind : kinds()) {
        if (!kind->entity->can_be_created) {
            continue;
        }
        const auto values = [&](const Json& given) {
            Values out;
            for (const auto& [name, value] : given.members()) {
                if (const Field* field = kind->field_by_json(name)) {
                    out.set(field->name, value);
                }
            }
            return out;
        };
        const auto all_of = [&] {
            return std::vector<Values>{values(body(*kind)), values(body(*kind))};
        };
        samples.id_of(kind->entity->name);
        OurWay way{"", kind, {}, {}};
        const auto try_way = [&](const char* name, int many, std::vector<Values> given) {
            way.name = name;
            way.values = std::move(given);
            wait_for(server().loop(),
                     go(way, *Id::parse(company.id()), *Id::parse(company.admin().id)));
            expect_seen(name, *kind, many);
        };
        begin();
        try_way("ctx.create", 1, all_of());
        try_way("ctx.create_many", 2, all_of());
        try_way("ctx.update", 1, {values(patch(*kind))});
        try_way("ctx.update_many", 2, {values(patch(*kind)), values(patch(*kind))});
        if (kind->entity->can_be_deleted) {
            try_way("ctx.remove", 1, {});
            try_way("ctx.restore", 1, {});
            try_way("ctx.remove_many", 2, {});
            try_way("ctx.restore_many", 2, {});
        }
    }
}

}  // namespace
}  // namespace ponte::testing
