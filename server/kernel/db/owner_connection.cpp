#include "kernel/db/owner_connection.hpp"

#include <libpq-fe.h>

#include <map>

namespace ponte::db {
namespace {

using Result = std::unique_ptr<PGresult, decltype(&PQclear)>;
using Options = std::map<std::string, std::string>;

std::string trimmed(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) {
        text.pop_back();
    }
    return text;
}

Result checked(pg_conn* connection, PGresult* raw) {
    Result result(raw, PQclear);
    const ExecStatusType status = PQresultStatus(raw);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        const char* state = raw ? PQresultErrorField(raw, PG_DIAG_SQLSTATE) : nullptr;
        throw DatabaseProblem(trimmed(PQerrorMessage(connection)), state ? state : "");
    }
    return result;
}

Options options_in(const std::string& conninfo) {
    char* message = nullptr;
    PQconninfoOption* parsed = PQconninfoParse(conninfo.c_str(), &message);
    if (!parsed) {
        const std::string problem = message ? trimmed(message) : "no memory";
        PQfreemem(message);
        throw DatabaseProblem("the address of the database is not understood: " + problem, "");
    }
    Options options;
    for (const PQconninfoOption* one = parsed; one->keyword; ++one) {
        if (one->val) {
            options[one->keyword] = one->val;
        }
    }
    PQconninfoFree(parsed);
    return options;
}

std::string text_of(const Options& options) {
    std::string text;
    for (const auto& [keyword, value] : options) {
        text += (text.empty() ? "" : " ") + keyword + "='";
        for (const char c : value) {
            if (c == '\'' || c == '\\') {
                text += '\\';
            }
            text += c;
        }
        text += '\'';
    }
    return text;
}

std::string taken(char* text) {
    std::string copy = text ? text : "";
    PQfreemem(text);
    return copy;
}

}  // namespace

OwnerConnection::OwnerConnection(const std::string& conninfo)
    : connection_(PQconnectdb(conninfo.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) {
        const std::string problem = trimmed(PQerrorMessage(connection_));
        PQfinish(connection_);
        throw DatabaseProblem(problem, "");
    }
    PQsetNoticeProcessor(connection_, [](void*, const char*) {}, nullptr);
}

OwnerConnection::~OwnerConnection() { PQfinish(connection_); }

void OwnerConnection::run(const std::string& sql) {
    checked(connection_, PQexec(connection_, sql.c_str()));
}

std::vector<OwnerConnection::Cells> OwnerConnection::rows(const std::string& sql,
                                                          const Values& values) {
    std::vector<const char*> texts;
    for (const std::string& value : values) {
        texts.push_back(value.c_str());
    }
    const Result result =
        checked(connection_, PQexecParams(connection_, sql.c_str(), static_cast<int>(texts.size()),
                                          nullptr, texts.data(), nullptr, nullptr, 0));
    std::vector<Cells> rows(static_cast<std::size_t>(PQntuples(result.get())));
    for (std::size_t row = 0; row < rows.size(); ++row) {
        for (int column = 0; column < PQnfields(result.get()); ++column) {
            rows[row].emplace_back(PQgetvalue(result.get(), static_cast<int>(row), column));
        }
    }
    return rows;
}

std::string OwnerConnection::value(const std::string& sql, const Values& values) {
    const auto found = rows(sql, values);
    return found.empty() ? std::string() : found.front().front();
}

std::string OwnerConnection::database() const { return PQdb(connection_); }
std::string OwnerConnection::user() const { return PQuser(connection_); }
int OwnerConnection::server_version() const { return PQserverVersion(connection_); }

std::string OwnerConnection::quoted_name(const std::string& name) const {
    return taken(PQescapeIdentifier(connection_, name.data(), name.size()));
}

std::string OwnerConnection::quoted_text(const std::string& text) const {
    return taken(PQescapeLiteral(connection_, text.data(), text.size()));
}

// What the server keeps in place of a password: neither statement nor log show the password itself.
std::string OwnerConnection::scram(const std::string& role, const std::string& password) const {
    return taken(
        PQencryptPasswordConn(connection_, password.c_str(), role.c_str(), "scram-sha-256"));
}

std::string with_login(const std::string& conninfo, const Login& login) {
    Options options = options_in(conninfo);
    options["user"] = login.user;
    options.erase("password");
    if (!login.password.empty()) {
        options["password"] = login.password;
    }
    return text_of(options);
}

std::string with_database(const std::string& conninfo, const std::string& database) {
    Options options = options_in(conninfo);
    options["dbname"] = database;
    return text_of(options);
}

std::string with_maintenance(const std::string& conninfo) {
    Options options = options_in(conninfo);
    std::string& given = options["options"];
    given += (given.empty() ? "" : " ") + std::string("-c ponte.maintenance=on");
    return text_of(options);
}

Address without_secrets(const std::string& conninfo) {
    Options options = options_in(conninfo);
    Address address;
    if (const auto password = options.find("password"); password != options.end()) {
        address.environment.push_back("PGPASSWORD=" + password->second);
        options.erase(password);
    }
    address.conninfo = text_of(options);
    return address;
}

}  // namespace ponte::db
