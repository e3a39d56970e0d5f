// The command line. Each command reads the configuration, puts together what it needs and ends.
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

#include "audit.hpp"
#include "demo.hpp"
#include "doctor.hpp"
#include "kernel/db/backup.hpp"
#include "kernel/entities/drift.hpp"
#include "kernel/openapi/openapi.hpp"
#include "modules/accounts/accounts.hpp"
#include "program.hpp"
#include "settings.hpp"

namespace ponte {
namespace {

constexpr const char* usage =
    "ponte serve [--listen 127.0.0.1:8080] [--data DIR] [--role all|web|worker] [--threads N]\n"
    "            [--trust-proxy] [--demo]     serve until SIGTERM\n"
    "ponte demo                               make the demo company and print its login\n"
    "ponte user add --company NAME --name NAME --email EMAIL --password PASSWORD\n"
    "               [--role agent] [--operator]\n"
    "ponte user password EMAIL [--password PASSWORD]\n"
    "ponte user second-factor off EMAIL\n"
    "                                         set a new password, or print a link to choose one\n"
    "ponte backup FILE | ponte restore FILE   everything: database, files, keys\n"
    "ponte backup --verify FILE               is it what was written, bit for bit?\n"
    "ponte doctor                             look at this machine and the data\n"
    "ponte audit verify [--company NAME] [--anchors FILE]\n"
    "                                         is the audit what was entered? names the first "
    "fault\n"
    "ponte openapi                            print the API's description\n"
    "ponte migration draft                    SQL that brings the database to the declarations\n"
    "ponte version\n"
    "\n"
    "Every command takes --data DIR and --config FILE. The same by environment: PONTE_LISTEN,\n"
    "PONTE_DATA, PONTE_ROLE, PONTE_THREADS, PONTE_TRUST_PROXY, DATABASE_URL, APP_DATABASE_URL,\n"
    "APP_TIMEZONE, JWT_SECRET_KEY, JWT_ACCESS_TOKEN_EXPIRES, ENCRYPT_TOKEN_KEY, LOG_LEVEL,\n"
    "PONTE_LOG=text, PONTE_RATE_LIMIT, PONTE_DISK_RESERVE_MB,\n"
    "PONTE_COMPANY_FILES_MB, PONTE_FILE_MB, PONTE_LOG_MONTHS=60 (or all), PONTE_ALLOW_PRIVATE,\n"
    "PONTE_CA_FILE, DOMAIN, SMTP_SERVER, SMTP_PORT, SMTP_SECURITY, SMTP_USERNAME, SMTP_PASSWORD,\n"
    "SMTP_FROM, S3_BUCKET_NAME, AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,\n"
    "AWS_SESSION_TOKEN, PONTE_S3_ENDPOINT, PONTE_S3_PATH_STYLE, PONTE_S3_PUBLIC_URL,\n"
    "PONTE_S3_NEARBY_MB.\n";

int serve(Arguments& arguments) {
    Settings settings = read_settings(arguments);
    arguments.require_nothing_else();
    require_free(settings);
    Program program(std::move(settings));
    program.open_database(false);
    program.open_app();
    return program.serve();
}

int demo(Arguments& arguments) {
    Settings settings = read_settings(arguments);
    arguments.require_nothing_else();
    const std::string address = "http://" + settings.listen;
    Program program(std::move(settings));
    program.open_database();
    program.open_app();
    const bool is_new = wait_for(program.loop(), open_demo(program.services(), program.loop()));
    std::printf(is_new ? "The demo company is made.\n" : "The demo company is there already.\n");
    print_demo_login(address);
    return 0;
}

int add_user(Arguments& arguments) {
    const std::string company = arguments.take("--company");
    accounts::NewUser user;
    user.name = arguments.take("--name");
    user.email = arguments.take("--email");
    user.password = arguments.take("--password");
    if (const std::string role = arguments.take("--role"); !role.empty()) {
        user.role = role;
    }
    user.is_operator = arguments.take_switch("--operator");
    Settings settings = read_settings(arguments);
    arguments.require_nothing_else();
    if (company.empty() || user.email.empty() || user.password.empty()) {
        throw UsageError("ponte user add needs --company, --name, --email and --password");
    }
    Program program(std::move(settings));
    program.open_database();
    program.open_app();
    const std::string email = user.email;
    wait_for(program.loop(),
             accounts::add_user(program.services(), program.loop(), company, std::move(user)));
    std::printf("%s may sign in.\n", email.c_str());
    return 0;
}

// A link for a person, who chooses; or the password itself. Also while another process serves.
int change_password(Arguments& arguments) {
    const std::string email = arguments.rest.back();
    const std::string password = arguments.take("--password");
    Settings settings = read_settings(arguments);
    arguments.require_nothing_else();
    const std::string address = "http://" + settings.listen;
    Program program(std::move(settings));
    program.open_database();
    program.open_app();
    if (password.empty()) {
        const std::string path = wait_for(
            program.loop(), accounts::make_reset_link(program.services(), program.loop(), email));
        std::printf("%s%s\nIt works once, for 24 hours; put your own address in front of it.\n",
                    address.c_str(), path.c_str());
    } else {
        wait_for(program.loop(),
                 accounts::reset_password(program.services(), program.loop(), email, password));
        std::printf("%s has a new password.\n", email.c_str());
    }
    return 0;
}

// For the only administrator of a company who lost telephone and codes.
int forget_second_factor(Arguments& arguments) {
    const std::string email = arguments.rest.back();
    Settings settings = read_settings(arguments);
    arguments.require_nothing_else();
    Program program(std::move(settings));
    program.open_database();
    program.open_app();
    const bool was_on = wait_for(
        program.loop(), accounts::forget_second_factor(program.services(), program.loop(), email));
    std::printf(was_on ? "%s signs in with the password alone.\n" : "%s has no second factor.\n",
                email.c_str());
    return 0;
}

std::string file_of(const Arguments& arguments) {
    if (arguments.rest.size() != 1) {
        throw UsageError("ponte " + arguments.command + " needs one file name");
    }
    return arguments.rest.front();
}

int backup(Arguments& arguments) {
    const bool only_verifies = arguments.take_switch("--verify");
    const std::string file = file_of(arguments);
    Settings settings = read_settings(arguments);
    arguments.require_nothing_else();
    if (only_verifies) {
        const bool is_whole = db::verify_backup(file) == db::Verified::whole;
        std::printf(is_whole ? "%s is whole.\n"
                             : "%s was made before backups had a digest: only a restoration into a "
                               "new directory shows whether it is whole.\n",
                    file.c_str());
        return 0;
    }
    db::backup(settings.database_url, settings.data_dir, file);
    if (!settings.objects.bucket.empty()) {
        std::printf("Files are in the bucket %s and not in here: it needs copies of its own.\n",
                    settings.objects.bucket.c_str());
    }
    std::printf("Everything is in %s. It holds the keys too: keep it as you keep a password.\n",
                file.c_str());
    return 0;
}

int restore(Arguments& arguments) {
    const std::string file = file_of(arguments);
    Settings settings = read_settings(arguments);
    arguments.require_nothing_else();
    db::restore(settings.database_url, settings.data_dir, file);
    std::printf("Restored from %s.\n", file.c_str());
    return 0;
}

int print_openapi(Arguments& arguments) {
    arguments.require_nothing_else();
    Settings settings;
    settings.threads = 1;
    Program program(std::move(settings));
    program.open_app();
    const std::string text = openapi_json(program.services());
    std::fwrite(text.data(), 1, text.size(), stdout);
    return 0;
}

int verify_audit(Arguments& arguments) {
    const AuditQuestion question{arguments.take("--company"), arguments.take("--anchors")};
    Settings settings = read_settings(arguments);
    arguments.require_nothing_else();
    Program program(std::move(settings));
    program.open_database();
    program.open_app();
    return verify_audit(program, question);
}

int draft_migration(Arguments& arguments) {
    if (arguments.rest != std::vector<std::string>{"draft"}) {
        throw UsageError("ponte migration draft");
    }
    Settings settings = read_settings(arguments);
    arguments.require_nothing_else();
    Program program(std::move(settings));
    program.open_database();
    program.open_app();
    const std::string text =
        records::draft_migration(program.services().entities(), program.owner_conninfo());
    std::printf("%s", text.empty() ? "-- nothing differs\n" : text.c_str());
    return 0;
}

int run(Arguments& arguments) {
    const std::string& command = arguments.command;
    if (command == "serve") {
        return serve(arguments);
    }
    if (command == "demo") {
        return demo(arguments);
    }
    if (command == "user" && arguments.rest == std::vector<std::string>{"add"}) {
        return add_user(arguments);
    }
    if (command == "user" && arguments.rest.size() == 2 && arguments.rest[0] == "password") {
        return change_password(arguments);
    }
    if (command == "user" && arguments.rest.size() == 3 && arguments.rest[0] == "second-factor" &&
        arguments.rest[1] == "off") {
        return forget_second_factor(arguments);
    }
    if (command == "backup") {
        return backup(arguments);
    }
    if (command == "restore") {
        return restore(arguments);
    }
    if (command == "doctor") {
        return examine(read_settings(arguments));
    }
    if (command == "openapi") {
        return print_openapi(arguments);
    }
    if (command == "audit" && arguments.rest == std::vector<std::string>{"verify"}) {
        return verify_audit(arguments);
    }
    if (command == "migration") {
        return draft_migration(arguments);
    }
    if (command == "version") {
        std::printf("ponte %s\n", version);
        return 0;
    }
    if (command == "help" || arguments.take_switch("--help") || arguments.take_switch("-h")) {
        std::printf("%s", usage);
        return 0;
    }
    throw UsageError(command.empty() ? "which command?" : "there is no command " + command);
}

// What went wrong, for a person at a terminal.
std::string told(const std::exception& problem) {
    const auto* error = dynamic_cast<const Error*>(&problem);
    if (!error) {
        return problem.what();
    }
    std::string text(Words::all().text(Language::en, "title." + error->code));
    for (const FieldProblem& field : error->fields) {
        text += "\n  " + field.field + ": " + problem_text(Language::en, {}, field);
    }
    return text;
}

}  // namespace
}  // namespace ponte

int main(int count, char** words) {
    using namespace ponte;
    prepare_process();
    hold_signals();
    try {
        Arguments arguments(count, words);
        return run(arguments);
    } catch (const UsageError& problem) {
        std::fprintf(stderr, "ponte: %s\n\n%s", problem.what(), usage);
        return 2;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "ponte: %s\n", told(problem).c_str());
        return 1;
    }
}
