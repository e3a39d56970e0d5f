#include "settings.hpp"

#include "app.hpp"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>

#include "kernel/integration.hpp"
#include "kernel/log.hpp"
#include "kernel/outbound/guard.hpp"
#include "kernel/storage.hpp"
#include "kernel/values.hpp"

namespace ponte {
namespace {

using File = std::map<std::string, std::string, std::less<>>;

std::string trimmed(std::string text) {
    const char* blanks = " \t\r\n";
    text.erase(0, text.find_first_not_of(blanks));
    text.erase(text.find_last_not_of(blanks) + 1);
    const bool is_quoted = text.size() >= 2 && text.front() == text.back() &&
                           (text.front() == '"' || text.front() == '\'');
    return is_quoted ? text.substr(1, text.size() - 2) : text;
}

File read_file(const std::string& path, bool must_exist) {
    File found;
    std::ifstream in(path);
    if (!in && must_exist) {
        throw UsageError("the configuration file " + path + " cannot be read");
    }
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        line = trimmed(std::move(line));
        if (line.empty() || line.front() == '#') {
            continue;
        }
        const auto equals = line.find('=');
        if (equals == std::string::npos) {
            throw UsageError(path + ":" + std::to_string(number) + ": expected NAME=value");
        }
        found[trimmed(line.substr(0, equals))] = trimmed(line.substr(equals + 1));
    }
    return found;
}

struct Sources {
    Arguments& arguments;
    File file;

    // Empty: nobody said anything.
    std::string value(std::string_view flag, const char* variable) const {
        std::string given = flag.empty() ? std::string{} : arguments.take(flag);
        if (given.empty()) {
            const char* from_environment = std::getenv(variable);
            given = from_environment ? from_environment : "";
        }
        const auto written = given.empty() ? file.find(variable) : file.end();
        return written == file.end() ? given : written->second;
    }
    std::string value_or(std::string_view flag, const char* variable, std::string fallback) const {
        std::string given = value(flag, variable);
        return given.empty() ? fallback : given;
    }
    std::int64_t number(std::string_view flag, const char* variable, std::int64_t fallback,
                        std::int64_t low, std::int64_t high) const {
        const std::string text = value(flag, variable);
        std::int64_t found = fallback;
        const char* last = text.data() + text.size();
        const auto [end, problem] = std::from_chars(text.data(), last, found);
        const bool is_wrong = problem != std::errc{} || end != last || found < low || found > high;
        if (!text.empty() && is_wrong) {
            throw UsageError(std::string(variable) + " must be a whole number from " +
                             std::to_string(low) + " to " + std::to_string(high));
        }
        return text.empty() ? fallback : found;
    }
    bool is_on(const char* variable, bool fallback) const {
        const std::string text = value({}, variable);
        const bool is_yes = text == "on" || text == "1" || text == "true" || text == "yes";
        const bool is_no = text == "off" || text == "0" || text == "false" || text == "no";
        if (!text.empty() && !is_yes && !is_no) {
            throw UsageError(std::string(variable) + " must be on or off");
        }
        return text.empty() ? fallback : is_yes;
    }
};

void set_log(const Sources& sources) {
    log::set_level(log::parse_level(sources.value_or({}, "LOG_LEVEL", "info")));
    log::set_text_format(sources.value({}, "PONTE_LOG") == "text");
}

std::uint64_t megabytes(const Sources& sources, const char* variable, std::uint64_t fallback) {
    constexpr std::int64_t megabyte = 1 << 20, most = 1'000'000;
    const auto usual = static_cast<std::int64_t>(fallback) / megabyte;
    return static_cast<std::uint64_t>(sources.number({}, variable, usual, 0, most) * megabyte);
}

// "crm.exemplo.com.br" is reached by https; who means something else says it.
std::string read_public_url(const Sources& sources) {
    std::string given = sources.value({}, "DOMAIN");
    while (given.ends_with('/')) {
        given.pop_back();
    }
    const bool is_bare = !given.empty() && given.find("://") == given.npos;
    return is_bare ? "https://" + given : given;
}

MailServer read_mail_server(const Sources& sources) {
    MailServer server;
    server.host = sources.value_or({}, "SMTP_SERVER", sources.value({}, "SMTP_HOST"));
    server.port = static_cast<int>(sources.number({}, "SMTP_PORT", server.port, 1, 65'535));
    server.security = sources.value_or({}, "SMTP_SECURITY", server.security);
    server.user = sources.value_or({}, "SMTP_USERNAME", sources.value({}, "SMTP_USER"));
    server.password = sources.value({}, "SMTP_PASSWORD");
    const bool is_address = server.user.find('@') != server.user.npos;  // as of most providers
    server.from = sources.value_or({}, "SMTP_FROM", is_address ? server.user : "");
    if (server.security != "starttls" && server.security != "tls" && server.security != "none") {
        throw UsageError("SMTP_SECURITY must be starttls, tls or none");
    }
    if (!server.host.empty() && server.from.empty()) {
        throw UsageError("SMTP_SERVER needs SMTP_FROM, the address that mail comes from");
    }
    return server;
}

// "https://minio.exemplo.com.br:443/" is written as requests will say it.
std::string read_address(const Sources& sources, const char* variable) {
    std::string given = sources.value({}, variable);
    while (given.ends_with('/')) {
        given.pop_back();
    }
    const bool is_clear = given.starts_with("http://"),
               is_encrypted = given.starts_with("https://");
    const std::size_t host = is_encrypted ? 8 : 7;
    const bool is_bare = given.size() > host && given.find_first_of("/?#@ ", host) == given.npos;
    if (!given.empty() && (!(is_clear || is_encrypted) || !is_bare)) {
        throw UsageError(std::string(variable) + " must be http:// or https://, a host and a port");
    }
    const std::string_view usual = is_encrypted ? ":443" : ":80";
    return given.ends_with(usual) ? given.substr(0, given.size() - usual.size()) : given;
}

// Names as AWS's own programs read them, where they have one.
ObjectStore read_objects(const Sources& sources) {
    ObjectStore store;
    store.bucket = sources.value({}, "S3_BUCKET_NAME");
    store.region = sources.value_or({}, "AWS_REGION", "us-east-1");
    store.key_id = sources.value({}, "AWS_ACCESS_KEY_ID");
    store.secret = sources.value({}, "AWS_SECRET_ACCESS_KEY");
    store.session = sources.value({}, "AWS_SESSION_TOKEN");
    store.endpoint = read_address(sources, "PONTE_S3_ENDPOINT");
    store.public_url = read_address(sources, "PONTE_S3_PUBLIC_URL");
    // A name with a dot is in no certificate.
    const bool is_plain = store.bucket.find('.') == store.bucket.npos;
    store.is_in_path = sources.is_on("PONTE_S3_PATH_STYLE", !store.endpoint.empty() || !is_plain);
    store.nearby_bytes = megabytes(sources, "PONTE_S3_NEARBY_MB", store.nearby_bytes);
    if (!store.bucket.empty() && (store.key_id.empty() || store.secret.empty())) {
        throw UsageError("S3_BUCKET_NAME needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
    }
    if (store.bucket.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") !=
        store.bucket.npos) {
        throw UsageError("S3_BUCKET_NAME has small letters, digits, points and dashes only");
    }
    return store;
}

void check(const Settings& settings) {
    if (settings.role != "all" && settings.role != "web" && settings.role != "worker") {
        throw UsageError("--role must be all, web or worker");
    }
    if (settings.role != "all" && settings.database_url.empty()) {
        throw UsageError(
            "--role web and --role worker need DATABASE_URL: the embedded database serves one "
            "process");
    }
    if (!is_timezone(settings.timezone)) {
        throw UsageError("APP_TIMEZONE names no time zone: " + settings.timezone);
    }
    try {
        outbound::parse_blocks(settings.allow_private);
    } catch (const std::invalid_argument& problem) {
        throw UsageError("PONTE_ALLOW_PRIVATE has no network address: " +
                         std::string(problem.what()));
    }
    const std::string& authorities = settings.authorities_file;
    if (!authorities.empty() && !std::ifstream(authorities)) {
        throw UsageError("PONTE_CA_FILE cannot be read: " + authorities);
    }
}

}  // namespace

Arguments::Arguments(int count, char** words) {
    for (int i = 1; i < count; ++i) {
        words_.emplace_back(words[i]);
    }
    if (!words_.empty() && !words_.front().starts_with("-")) {
        command = words_.front();
        words_.erase(words_.begin());
    }
    while (!words_.empty() && !words_.front().starts_with("-")) {
        rest.push_back(words_.front());
        words_.erase(words_.begin());
    }
}

std::string Arguments::take(std::string_view name) {
    for (auto word = words_.begin(); word != words_.end(); ++word) {
        if (*word == name) {
            const auto value = std::next(word);
            if (value == words_.end() || value->starts_with("--")) {
                throw UsageError(std::string(name) + " needs a value");
            }
            std::string given = *value;
            words_.erase(word, std::next(value));
            return given;
        }
        if (word->starts_with(name) && word->size() > name.size() && (*word)[name.size()] == '=') {
            std::string given = word->substr(name.size() + 1);
            words_.erase(word);
            return given;
        }
    }
    return {};
}

bool Arguments::take_switch(std::string_view name) {
    const auto found = std::find(words_.begin(), words_.end(), name);
    if (found == words_.end()) {
        return false;
    }
    words_.erase(found);
    return true;
}

void Arguments::require_nothing_else() const {
    if (!words_.empty()) {
        throw UsageError("unknown: " + words_.front());
    }
}

Settings read_settings(Arguments& arguments) {
    const std::string named = arguments.take("--config");
    const std::string data = arguments.take("--data");
    Sources sources{arguments, named.empty() ? File{} : read_file(named, true)};
    Settings settings;
    settings.data_dir = data.empty() ? sources.value_or({}, "PONTE_DATA", "data") : data;
    settings.data_dir = std::filesystem::absolute(settings.data_dir).lexically_normal().string();
    if (named.empty()) {
        sources.file = read_file(settings.data_dir + "/ponte.conf", false);
    }
    set_log(sources);
    settings.listen = sources.value_or("--listen", "PONTE_LISTEN", settings.listen);
    settings.role = sources.value_or("--role", "PONTE_ROLE", settings.role);
    settings.database_url = sources.value({}, "DATABASE_URL");
    settings.app_database_url = sources.value({}, "APP_DATABASE_URL");
    settings.timezone = sources.value_or({}, "APP_TIMEZONE", settings.timezone);
    settings.threads =
        static_cast<unsigned>(sources.number("--threads", "PONTE_THREADS", 0, 0, 256));
    settings.access_token_s = static_cast<int>(sources.number(
        {}, "JWT_ACCESS_TOKEN_EXPIRES", settings.access_token_s, 60, 30 * 24 * 3600));
    settings.rate_limit = sources.is_on("PONTE_RATE_LIMIT", true);
    settings.trust_proxy =
        arguments.take_switch("--trust-proxy") || sources.is_on("PONTE_TRUST_PROXY", false);
    StorageLimits limits;
    limits.reserve_bytes = megabytes(sources, "PONTE_DISK_RESERVE_MB", limits.reserve_bytes);
    limits.company_bytes = megabytes(sources, "PONTE_COMPANY_FILES_MB", limits.company_bytes);
    if (sources.value({}, "PONTE_LOG_MONTHS") == "all") {
        limits.log_months = 0;
    } else {
        limits.log_months = static_cast<int>(
            sources.number({}, "PONTE_LOG_MONTHS", limits.log_months, fewest_log_months, 1200));
    }
    storage_of(settings.data_dir).limit(limits);
    settings.file_bytes = megabytes(sources, "PONTE_FILE_MB", settings.file_bytes);
    settings.demo = arguments.take_switch("--demo") || sources.is_on("PONTE_DEMO", false);
    settings.allow_private = sources.value({}, "PONTE_ALLOW_PRIVATE");
    settings.authorities_file = sources.value({}, "PONTE_CA_FILE");
    settings.public_url = read_public_url(sources);
    settings.mail = read_mail_server(sources);
    settings.objects = read_objects(sources);
    for (const std::string_view variable : variables_of_integrations()) {
        integrations_of(settings).preset(variable,
                                         sources.value({}, std::string(variable).c_str()));
    }
    check(settings);
    return settings;
}

}  // namespace ponte
