#include "tests/samples.hpp"

#include <algorithm>
#include <stdexcept>

#include "kernel/entities/catalogue.hpp"
#include "kernel/http/route_table.hpp"

namespace ponte::testing {
namespace {

// Nine digits, then the two that check them.
std::string valid_cpf(int number) {
    std::string digits = std::to_string(100'000'000 + number);
    for (int round = 0; round < 2; ++round) {
        int sum = 0, weight = static_cast<int>(digits.size()) + 1;
        for (const char digit : digits) {
            sum += (digit - '0') * weight--;
        }
        const int rest = sum * 10 % 11;
        digits += static_cast<char>('0' + (rest == 10 ? 0 : rest));
    }
    return digits;
}

// Words that a declaration cannot tell from any text.
Json special(std::string_view owner, std::string_view field, int number) {
    const std::string name = std::string(owner) + "." + std::string(field);
    if (field == "password") {
        return "uma-senha-bem-longa-1";
    }
    if (name == "role.name" || name == "custom_field.key") {
        return "amostra_" + std::to_string(number);
    }
    if (name == "role.permissions") {
        return Json::object({{"contacts", Json::object({{"read", "own"}})}});
    }
    if (name == "api_key.scopes") {
        return Json::array({"contacts.read"});
    }
    if (name == "api_key.expires_at") {
        return "2099-01-01T00:00:00Z";
    }
    if (name == "user.role") {
        return "agent";
    }
    if (name == "custom_field.entity") {
        return "contact";
    }
    if (name == "custom_field.type") {
        return "text";
    }
    if (name == "custom_field.required") {
        return false;
    }
    if (name == "webhook.url") {
        return "http://127.0.0.1:9/";  // where nobody listens
    }
    if (name == "connection.integration") {
        return "google";
    }
    if (name == "connection.settings") {
        return Json::object({{"clientId", "aplicativo"}, {"clientSecret", "muito bem guardado"}});
    }
    if (name == "score_rule.field") {
        return "city";
    }
    if (name == "pipeline.stages") {
        return "absent";
    }
    if (name == "webhook.events") {
        return Json::array({"*"});
    }
    if (name == "custom_field.options" || name == "custom_field.default_value") {
        return "absent";
    }
    return {};
}

}  // namespace

const Route* route_of(std::string_view method, std::string_view pattern) {
    for (const auto& route : server().services().routes().all()) {
        if (route->method == method && route->pattern == pattern) {
            return route.get();
        }
    }
    return nullptr;
}

std::string with_names(std::string pattern) {
    constexpr std::string_view entity = "{entity}";
    const auto place = pattern.find(entity);
    return place == pattern.npos ? pattern : pattern.replace(place, entity.size(), "contact");
}

std::string table_of(const std::string& word) {
    if (const records::Kind* kind = server().services().entities().by_route(word)) {
        return std::string(kind->entity->table);
    }
    const std::map<std::string, std::string> others{{"deliveries", "webhook_deliveries"},
                                                    {"file-links", "files"},
                                                    {"inbound", "inbound_entries"},
                                                    {"push", "push_subscriptions"}};
    const auto other = others.find(word);
    std::string table = other == others.end() ? word : other->second;
    std::ranges::replace(table, '-', '_');
    return table;
}

Samples::Samples(Company& company, std::string mark) : company_(company), mark_(std::move(mark)) {}

std::string Samples::text(const Field& field, std::string_view owner) {
    constexpr std::int64_t longest = 200;
    std::string out = mark_ + " " + std::string(owner) + " " + std::to_string(++number_);
    const std::int64_t most = std::min(field.max, longest),
                       least = std::max(field.min, std::int64_t{1});
    if (static_cast<std::int64_t>(out.size()) > most) {
        out = out.substr(out.size() - static_cast<std::size_t>(most));
    }
    while (static_cast<std::int64_t>(out.size()) < least) {
        out += "x";
    }
    return out;
}

Json Samples::value(const Field& field, std::string_view owner) {
    const Json known = special(owner, field.name, ++number_);
    if (!known.is_null()) {
        return known.as_string() == "absent" ? Json{} : known;
    }
    switch (field.type) {
        case Type::text:
        case Type::long_text:
            return text(field, owner);
        case Type::integer:
        case Type::number:
        case Type::money:
        case Type::duration:
            return std::clamp<std::int64_t>(number_, std::max<std::int64_t>(field.min, 0),
                                            field.max);
        case Type::percentage:
            return number_ % 100;
        case Type::boolean:
            return true;
        case Type::date:
            return "2026-03-04";
        case Type::datetime:
            return "2026-03-04T12:00:00Z";
        case Type::email:
            return unique_email();
        case Type::phone:
            return unique_phone();
        case Type::url:
            return "https://exemplo.com/" + std::to_string(number_);
        case Type::cpf:
        case Type::document:
            return valid_cpf(number_ +
                             static_cast<int>(std::hash<std::string>{}(mark_) % 10'000'000));
        case Type::cnpj:
            return "11222333000181";
        case Type::postal_code:
            return "01310100";
        case Type::secret:
            return mark_ + " well kept secret";
        case Type::choice:
            return records::split_options(field.options).front();
        case Type::choices:
            return Json::array({records::split_options(field.options).front()});
        case Type::link:
        case Type::user:
            return id_of(field.target);
        case Type::file:
            return upload();
        case Type::tags:
            return Json::array({mark_});
        case Type::json:
            return Json::object();
        case Type::parts: {
            const records::Kind& piece = server().services().entities().get(field.target);
            return Json::array({body(piece.own_fields, field.target)});
        }
    }
    return {};
}

Json Samples::body(std::span<const Field> fields, std::string_view owner) {
    Json out = Json::object();
    for (const Field& field : fields) {
        if (!field.is_read_only) {
            Json one = value(field, owner);
            if (!one.is_null()) {
                out.set(camel_case(field.name), std::move(one));
            }
        }
    }
    return out;
}

Json Samples::body_to_create(const std::string& collection) {
    const Route* route = route_of("POST", "/" + collection);
    if (!route) {
        return {};
    }
    const records::Kind* kind = server().services().entities().by_route(collection);
    return body(route->body, kind ? kind->entity->name : "");
}

std::string Samples::id_of(std::string_view entity) {
    if (entity == "user") {
        return company_.admin().id;
    }
    if (entity == "mail" && !ids_.contains(entity)) {
        write_a_mail();
    }
    const auto found = ids_.find(entity);
    if (found != ids_.end()) {
        return found->second;
    }
    const records::Kind& kind = server().services().entities().get(entity);
    const Json values = body_to_create(kind.route);
    if (values.is_null()) {
        throw std::runtime_error("nobody can create a " + std::string(entity) +
                                 ": teach tests/samples.cpp how one comes to be");
    }
    const std::string id = save(company_.api(), "/api/v1/" + kind.route, values).id;
    ids_.emplace(entity, id);
    return id;
}

// A picture, which every field takes; each time another one, since a file belongs to one record.
std::string Samples::upload() {
    const Reply reply =
        company_.api().upload("/api/v1/files", {}, mark_ + ".png", "\x89PNG\r\n\x1a\n" + mark_);
    if (reply.status != 201) {
        throw std::runtime_error("a file is refused: " + reply.shown());
    }
    return reply.id();
}

std::string Samples::import_file(const std::string& csv) {
    const FormFields fields{{"entity", "contact"}, {"mode", "create"}};
    const Reply reply = company_.api().upload("/api/v1/imports", fields, mark_ + ".csv", csv);
    if (reply.status != 202) {
        throw std::runtime_error("an import is refused: " + reply.shown());
    }
    finished(company_.api(), "/api/v1/imports/" + reply.id());
    return reply.id();
}

void Samples::import_something() {
    ids_["import"] =
        import_file("nome;email\n" + mark_ + " importada;" + unique_email() + "\n;não é\n");
}

// An undo that keeps what somebody has changed.
void Samples::undo_something() {
    const std::string email = unique_email();
    const std::string path =
        "/api/v1/imports/" + import_file("nome;email\n" + mark_ + " mudada;" + email + "\n");
    const Reply found = company_.api().get("/api/v1/contacts?search=" + email);
    company_.api().patch("/api/v1/contacts/" + found.data().items()[0]["id"].as_string(),
                         {{"city", mark_}});
    company_.api().post(path + "/undo");
    finished(company_.api(), path);
}

void Samples::export_something() {
    Api once(company_.api());
    once.with("Idempotency-Key", mark_ + std::to_string(++number_));
    const Reply reply =
        once.post("/api/v1/exports", {{"entity", "contact"}, {"format", "csv"}, {"search", mark_}});
    if (reply.status != 202) {
        throw std::runtime_error("an export is refused: " + reply.shown());
    }
    ids_["export"] = reply.id();
    finished(company_.api(), "/api/v1/exports/" + reply.id());
}

void Samples::change_in_bulk() {
    const Body body{{"action", "update"},
                    {"ids", Json::array({id_of("contact")})},
                    {"values", Json::object({{"company", mark_ + " em massa"}})}};
    Api once(company_.api());
    once.with("Idempotency-Key", mark_ + std::to_string(++number_));
    const Reply reply = once.post("/api/v1/contacts/bulk", body);
    if (reply.status != 202) {
        throw std::runtime_error("a bulk is refused: " + reply.shown());
    }
    ids_["operation"] = reply.id();
    finished(company_.api(), "/api/v1/operations/" + reply.id());
}

// What the program writes by itself.
void Samples::write_a_mail() {
    ids_["mail"] = server().value(
        "insert into mails (tenant_id, to_address, subject, kind, state, problem) "
        "values ($1, 'alguem@exemplo.com', $2, 'test', 'held', 'not_configured') returning id",
        {company_.id(), mark_});
}

// From where it is used for the first time is written behind the request.
void Samples::use_a_key() {
    const Json body = Json::object({{"name", mark_}, {"scopes", Json::array({"contacts.read"})}});
    Api script(company_.api().post("/api/v1/api-keys", body)["key"].as_string());
    script.get("/api/v1/contacts");
    until([&] {
        return server().number("select count(*) from api_key_addresses where tenant_id = $1",
                               {company_.id()}) > 0;
    });
}

// Of a record that somebody passes on to the administrator.
void Samples::be_notified() {
    const std::string path = "/api/v1/notifications";
    company_.api().patch(path + "/choices",
                         Json::object({{"kind", "record.assigned"}, {"mailed", false}}));
    const Json contact = Json::object(
        {{"name", mark_}, {"phone", unique_phone()}, {"assignedTo", company_.admin().id}});
    company_.user("supervisor").api.post("/api/v1/contacts", contact);
    until(
        [&] {
            return server().number(
                       "select count(*) from notifications where tenant_id = $1 "
                       "and kind = 'record.assigned'",
                       {company_.id()}) > 0;
        },
        "somebody to be told");
}

// A group of jobs that is held, a kind that came today, a call to somebody.
void Samples::do_its_work() {
    server().sql("insert into job_groups (tenant_id, id, is_held) values ($1, new_id(), true)",
                 {company_.id()});
    server().sql(
        "insert into company_schedules (tenant_id, kind, ran_on) "
        "values ($1, 'test.daily', '2026-11-28')",
        {company_.id()});
    server().sql(
        "insert into outgoing_calls (tenant_id, at, vendor, request_id, method, host, path, ms, "
        "bytes) values ($1, now(), 'test', $2, 'GET', 'exemplo.com.br', '/' || $2, 12, 8)",
        {company_.id(), mark_});
}

void Samples::make_everything() {
    for (const auto& kind : server().services().entities().all()) {
        id_of(kind->entity->name);
    }
    company_.api().patch("/api/v1/settings/customers", {{"newContactDays", 20}});
    import_something();
    undo_something();
    change_in_bulk();
    export_something();
    company_.api().post("/api/v1/users/" + company_.user("agent").id + "/password-reset");
    company_.api().post("/api/v1/notifications/push",
                        {{"endpoint", "https://push.exemplo.com.br/" + company_.id()},
                         {"p256dh",
                          "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-"
                          "AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"},
                         {"auth", "BTBZMqHH6r4Tts7J_aSIgg"}});
    company_.api().post("/api/v1/auth/email", {{"email", company_.admin().email}});
    company_.api().post("/api/v1/webhooks/" + id_of("webhook") + "/test");
    until(
        [&] {
            return server().number("select count(*) from webhook_health where tenant_id = $1",
                                   {company_.id()}) > 0;
        },
        "a webhook to be tried");
    company_.api().post("/api/v1/connections/" + id_of("connection") + "/authorize");
    use_a_key();
    be_notified();
    // What is audited is entered behind the writes.
    until(
        [&] {
            return server().number("select count(*) from audit_entries where tenant_id = $1",
                                   {company_.id()}) > 0;
        },
        "something to be audited");
    // What somebody else told, and an address that no mail reaches.
    server().sql(
        "insert into inbound_entries (tenant_id, vendor, connection_id, external_id, order_key, "
        "body, state) values ($1, 'sendgrid', $1::uuid, $2, '', $2, 'done')",
        {company_.id(), mark_});
    server().sql(
        "insert into mail_suppressions (tenant_id, address, reason, at) "
        "values ($1, $2, 'bounced', now())",
        {company_.id(), mark_});
    // A job that was given up waits for somebody; the others are gone by now.
    server().sql(
        "insert into jobs (tenant_id, kind, state, last_error) values ($1, 'test.given_up', "
        "'dead', $2)",
        {company_.id(), mark_});
    do_its_work();
    server().sql(
        "insert into listeners (tenant_id, name, state, error, failed_event) "
        "values ($1, 'test.stopped', 'aside', $2, '{\"position\": \"1.1\"}')",
        {company_.id(), mark_});
}

}  // namespace ponte::testing
