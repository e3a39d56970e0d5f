// The real program, killed in the middle of its work. What it had answered stays, what it was doing
// goes on, nothing is lost and nothing happens twice.
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "kernel/db/owner_connection.hpp"
#include "kernel/db/private_postgres.hpp"
#include "kernel/testing/connection.hpp"
#include "kernel/testing/given.hpp"
#include "kernel/testing/process.hpp"

namespace ponte::testing {
namespace {

constexpr int rows_of_import = 200'000, rows_of_bulk = 20'000;
// A dead worker's lease must expire before another takes its work.
constexpr std::chrono::milliseconds long_enough{240'000};

std::string csv_of(int rows) {
    std::string csv = "nome;email;empresa\n";
    for (int i = 0; i < rows; ++i) {
        const std::string number = std::to_string(i);
        csv += "Pessoa " + number + ";p" + number + "@exemplo.com;Empresa " +
               std::to_string(i % 100) + "\n";
    }
    return csv;
}

struct CrashTest : ::testing::Test {
    TemporaryDirectory directory;
    const std::string data = directory.path() + "/data";
    std::unique_ptr<Process> program;
    std::unique_ptr<Company> company;
    std::unique_ptr<Api> api;

    void SetUp() override {
        if (!has_program()) {
            GTEST_SKIP() << "PONTE_PROGRAM names no program";
        }
        start();
        company = std::make_unique<Company>(program->url());
        sign_on();
    }
    void start() {
        program = std::make_unique<Process>(data);
        program->wait_until_ready();
    }
    // The same rights at the address that the program has now.
    void sign_on() { api = std::make_unique<Api>(company->admin().api.token(), program->url()); }
    void kill_and_restart() {
        program->kill();
        start();
        sign_on();
    }
    std::int64_t number(const std::string& sql) {
        const auto conninfo = db::running_private_postgres(data);
        db::OwnerConnection owner(*conninfo + " options='-c ponte.maintenance=on'");
        return std::stoll(owner.value(sql));
    }
    std::string import(int rows) {
        const FormFields fields{{"entity", "contact"}, {"mode", "create"}};
        const Reply reply = api->upload("/api/v1/imports", fields, "pessoas.csv", csv_of(rows));
        EXPECT_EQ(reply.status, 202) << reply.shown();
        return "/api/v1/imports/" + reply.id();
    }
    Reply last;
    void wait_for_state(const std::string& path, const std::string& state) {
        const auto is_there = [&] {
            last = api->get(path);
            return last["state"] == Json(state) || last["state"] == Json("failed");
        };
        until(is_there, path + " to be " + state, long_enough);
        ASSERT_EQ(last["state"], state) << last.shown();
    }
    void wait_until_under_way(const std::string& path, std::int64_t processed) {
        const auto is_under_way = [&] {
            last = api->get(path);
            return last["processed"].as_integer() >= processed;
        };
        until(is_under_way, path + " to be under way", long_enough);
    }
};

TEST_F(CrashTest, an_import_goes_on_where_it_was_and_can_be_undone) {
    const std::string path = import(rows_of_import);
    wait_until_under_way(path, 10'000);
    ASSERT_LT(last["processed"].as_integer(), rows_of_import) << "it was over before the kill";
    kill_and_restart();
    wait_until_under_way(path, rows_of_import / 2);
    kill_and_restart();

    wait_for_state(path, "done");

    EXPECT_EQ(last["created"], rows_of_import);
    EXPECT_EQ(last["failed"], 0);
    EXPECT_EQ(number("select count(*) from contacts"), rows_of_import);
    EXPECT_EQ(number("select count(distinct email) from contacts"), rows_of_import);
    EXPECT_EQ(api->get("/api/v1/contacts?limit=1")["pagination"]["total"], rows_of_import);

    ASSERT_EQ(api->post(path + "/undo").status, 202);
    until(
        [&] {
            return number("select count(*) from contacts where deleted_at is null") <
                   rows_of_import;
        },
        "the undo to be under way", long_enough);
    kill_and_restart();
    wait_for_state(path, "undone");
    EXPECT_EQ(number("select count(*) from contacts where deleted_at is null"), 0);
}

TEST_F(CrashTest, a_bulk_changes_every_record_exactly_once_and_can_be_undone) {
    wait_for_state(import(rows_of_bulk), "done");
    const Body body{{"action", "update"},
                    {"filter", Json::object({{"and", Json::array()}})},
                    {"values", Json::object({{"company", "Todas Ltda"}})}};
    const Reply reply = api->post("/api/v1/contacts/bulk", body);
    ASSERT_EQ(reply.status, 202) << reply.shown();
    const std::string path = "/api/v1/operations/" + reply.id();
    wait_until_under_way(path, 1);

    kill_and_restart();
    wait_for_state(path, "done");

    EXPECT_EQ(last["changed"], rows_of_bulk);
    EXPECT_EQ(number("select count(*) from contacts where company = 'Todas Ltda'"), rows_of_bulk);
    EXPECT_EQ(number("select count(*) from contacts where version <> 2"), 0);
    EXPECT_EQ(number("select count(*) from events where name = 'contact.updated'"), rows_of_bulk);

    ASSERT_EQ(api->post(path + "/undo").status, 202);
    wait_for_state(path, "undone");
    EXPECT_EQ(number("select count(*) from contacts where company = 'Todas Ltda'"), 0);
    EXPECT_EQ(number("select count(distinct company) from contacts"), 100);
}

TEST_F(CrashTest, an_export_is_one_whole_file_however_often_it_was_killed) {
    wait_for_state(import(rows_of_bulk), "done");
    const Body body{{"entity", "contact"}, {"format", "csv"}, {"columns", Json::array({"name"})}};
    const Reply reply = api->post("/api/v1/exports", body);
    ASSERT_EQ(reply.status, 202) << reply.shown();
    const std::string path = "/api/v1/exports/" + reply.id();
    wait_until_under_way(path, 1);

    kill_and_restart();
    wait_for_state(path, "done");

    EXPECT_EQ(last["rows"], rows_of_bulk);
    const Reply file = api->get(path + "/content");
    EXPECT_EQ(std::ranges::count(file.text, '\n'), rows_of_bulk + 1);
    EXPECT_EQ(number("select count(*) from files"), 1);
    EXPECT_EQ(number("select count(*) from events where name = 'export.finished'"), 1);
}

TEST_F(CrashTest, what_was_answered_is_there_after_the_kill) {
    constexpr std::size_t enough = 200;
    std::vector<std::string> answered;
    std::atomic<std::size_t> count = 0;
    std::thread writer([&] {
        Api writing(*api);
        try {
            for (;;) {
                const Body body{{"name", unique_name("Ana")}, {"phone", unique_phone()}};
                const Reply reply = writing.post("/api/v1/contacts", body);
                if (reply.status == 201) {
                    answered.push_back(reply.id());
                    ++count;
                }
            }
        } catch (const std::exception&) {
            // The program is gone.
        }
    });
    const bool has_enough = comes_true([&] { return count > enough; });

    program->kill();
    writer.join();
    start();
    sign_on();

    ASSERT_TRUE(has_enough);
    for (const std::string& id : answered) {
        ASSERT_EQ(api->get("/api/v1/contacts/" + id).status, 200) << id;
    }
    const std::int64_t there = number("select count(*) from contacts");
    EXPECT_GE(there, static_cast<std::int64_t>(answered.size()));
    EXPECT_LE(there, static_cast<std::int64_t>(answered.size()) + 1)
        << "one may not have been answered";
}

TEST_F(CrashTest, the_death_of_the_database_is_survived) {
    const Saved contact =
        save(*api, "/api/v1/contacts", Json::object({{"name", "Ana"}, {"phone", unique_phone()}}));
    const pid_t postmaster = program->postmaster();
    ASSERT_GT(postmaster, 0);
    const auto write = [&] { return api->patch(contact.path, {{"company", unique_name("Casa")}}); };

    ::kill(postmaster, SIGKILL);

    int refused = 0, written = 0;
    const auto is_back = [&] {
        const Reply reply = write();
        EXPECT_TRUE(reply.status == 200 || reply.status == 503) << reply.shown();
        (reply.status == 503 ? refused : written) += 1;
        return reply.status == 200 && program->postmaster() != postmaster;
    };
    until(is_back, "the database to be back", std::chrono::milliseconds{60'000});
    EXPECT_TRUE(program->is_running());
    // Requests wait a while for the database, so perhaps none was refused. Of a refused one it is
    // unknown whether it was written; of an answered one it is not.
    const std::int64_t version = api->get(contact.path)["version"].as_integer();
    EXPECT_GE(version, 1 + written) << refused;
    EXPECT_LE(version, 1 + written + refused);
    EXPECT_EQ(std::ssize(events_of(*api, contact)), version) << "each version has its event";
}

TEST_F(CrashTest, work_goes_on_after_the_death_of_the_database) {
    const std::string path = import(50'000);
    wait_until_under_way(path, 1);

    ::kill(program->postmaster(), SIGKILL);

    const auto is_over = [&] {
        last = api->get(path);
        return last.status == 200 &&
               (last["state"] == Json("done") || last["state"] == Json("failed"));
    };
    until(is_over, "the import to end", long_enough);
    EXPECT_EQ(last["state"], "done") << last.shown();
    EXPECT_EQ(number("select count(*) from contacts"), 50'000);
    EXPECT_EQ(number("select count(distinct email) from contacts"), 50'000);
}

TEST_F(CrashTest, busy_connections_end_with_their_database) {
    const Saved contact =
        save(*api, "/api/v1/contacts", Json::object({{"name", "Ana"}, {"phone", unique_phone()}}));
    const pid_t postmaster = program->postmaster();
    std::thread busy([&] {
        try {
            db::OwnerConnection owner(*db::running_private_postgres(data));
            owner.run("do $$ begin perform 'endless'; loop end loop; end $$");
        } catch (const std::exception&) {
            // It ends with the database.
        }
    });
    until(
        [&] {
            return number(
                       "select count(*) from pg_stat_activity where query like 'do %endless%'") ==
                   1;
        },
        "somebody to be busy");

    ::kill(postmaster, SIGKILL);

    const auto is_back = [&] {
        return api->patch(contact.path, {{"company", unique_name("Casa")}}).status == 200 &&
               program->postmaster() != postmaster;
    };
    // It waited for as long as the statement takes: for ever.
    until(is_back, "the database to be back", std::chrono::milliseconds{25'000});
    busy.join();
}

// Every process of the database, stopped by a signal, as a machine that lacks memory does it.
void freeze(pid_t postmaster, int signal) {
    for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
        std::ifstream facts(entry.path() / "stat");
        pid_t pid = 0, parent = 0;
        std::string name, state;
        if (facts >> pid >> name >> state >> parent && parent == postmaster) {
            ::kill(pid, signal);
        }
    }
    ::kill(postmaster, signal);
}

TEST_F(CrashTest, a_frozen_database_is_told_in_time) {
    const pid_t postmaster = program->postmaster();
    freeze(postmaster, SIGSTOP);
    const auto began = std::chrono::steady_clock::now();
    const auto passed = [&] { return std::chrono::steady_clock::now() - began; };

    const Reply ready = Api({}, program->url()).get("/health/ready");
    const auto ready_after = passed();
    const Reply list = api->get("/api/v1/contacts?limit=7");
    const auto list_after = passed();
    freeze(postmaster, SIGCONT);

    EXPECT_EQ(ready.status, 503) << ready.shown();
    EXPECT_LT(ready_after, std::chrono::seconds{4});
    EXPECT_EQ(list.status, 503) << list.shown();
    EXPECT_NE(list.header("retry-after"), "");
    EXPECT_LT(list_after - ready_after, std::chrono::seconds{18}) << "statements have 15 s";
    until([&] { return api->get("/api/v1/contacts?limit=7").status == 200; }, "it to be back",
          std::chrono::milliseconds{60'000});
}

TEST_F(CrashTest, a_long_poll_does_not_hold_up_the_end) {
    Connection connection(program->url(), patience);
    const auto poll = [&](const std::string& more) {
        connection.write("GET /socket.io/?EIO=4&transport=polling" + more +
                         " HTTP/1.1\r\nHost: test\r\n\r\n");
    };
    poll("");
    const Reply opened = connection.read("GET");
    ASSERT_EQ(opened.status, 200) << opened.text;
    const Json session = Json::parse(opened.text.substr(1));
    poll("&sid=" + session["sid"].as_string());
    // Connections are spread over the loops; once each loop has answered somebody who came later,
    // the poll has arrived.
    for (int i = 0; i < 16; ++i) {
        ASSERT_EQ(Api({}, program->url()).get("/health/live").status, 200);
    }

    const auto asked = std::chrono::steady_clock::now();
    program->signal(SIGTERM);
    const Reply answer = connection.read("GET");

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.text, "1") << "the session is closed";
    EXPECT_EQ(program->wait(std::chrono::milliseconds{30'000}), 0);
    const auto took = std::chrono::steady_clock::now() - asked;
    EXPECT_LT(took, std::chrono::seconds{15}) << "requests under way have 20 s";
}

TEST_F(CrashTest, a_request_under_way_is_answered_before_the_end) {
    const Body body{{"name", "Ana"}, {"phone", unique_phone()}};
    const std::string head =
        "POST /api/v1/contacts HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer " + api->token() +
        "\r\nContent-Type: application/json\r\nContent-Length: " +
        std::to_string(body.bytes.size()) + "\r\nExpect: 100-continue\r\n\r\n";
    Connection connection(program->url(), patience);
    connection.write(head);
    ASSERT_EQ(connection.read("POST").status, 100) << "the head has arrived";
    connection.write(body.bytes.substr(0, 5));

    program->signal(SIGTERM);
    const auto nobody_listens = [&] {
        try {
            const Connection other(program->url(), patience);
            return false;
        } catch (const std::exception&) {
            return true;
        }
    };
    until(nobody_listens, "the program to take no new connection");
    connection.write(body.bytes.substr(5));

    EXPECT_EQ(connection.read("POST").status, 201);
    EXPECT_EQ(program->wait(std::chrono::milliseconds{30'000}), 0);
    EXPECT_EQ(program->postmaster(), 0) << "the database ends with the program";
}

TEST_F(CrashTest, two_programs_do_not_share_a_data_directory) {
    Process second(data);

    const int code = second.wait(std::chrono::milliseconds{60'000});

    EXPECT_NE(code, 0);
    EXPECT_NE(code, -1) << "it refuses instead of waiting for ever";
    EXPECT_NE(second.output().find(data), std::string::npos) << second.output();
    EXPECT_EQ(api->get("/api/v1/auth/me").status, 200) << "the first goes on";
}

TEST_F(CrashTest, a_database_that_cannot_start_is_tried_later_and_later_and_comes_back_by_itself) {
    namespace fs = std::filesystem;
    const fs::path needed = data + "/pg/global/pg_control", aside = data + "/pg_control.aside";
    const auto says = [&](const std::string& text) {
        return program->output().find(text) != std::string::npos;
    };
    fs::rename(needed, aside);
    ::kill(program->postmaster(), SIGKILL);

    until([&] { return says("\"afterMs\":1000"); }, "the third try");
    EXPECT_TRUE(says("\"why\":\"but could not open file")) << program->output();
    EXPECT_EQ(Api({}, program->url()).get("/health/ready").status, 503);
    fs::rename(aside, needed);

    until([&] { return Api({}, program->url()).get("/health/ready").status == 200; });
    EXPECT_TRUE(says("the database is back"));
    fs::remove(needed);
    ::kill(program->postmaster(), SIGKILL);
    until([&] { return Api({}, program->url()).get("/health/ready").status == 503; });
    program->signal(SIGTERM);
    until([&] { return says("stopping"); }, "the end, between two tries");
}

}  // namespace
}  // namespace ponte::testing
