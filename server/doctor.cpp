#include "doctor.hpp"

#include <sys/statvfs.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "kernel/db/postgres_programs.hpp"
#include "kernel/files/s3_store.hpp"
#include "kernel/outbound.hpp"
#include "kernel/values.hpp"

namespace ponte {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t least_free_mb = 1'000;

class Report {
public:
    void good(const std::string& text) { std::printf("  ok     %s\n", text.c_str()); }
    void bad(const std::string& text) {
        std::printf("  WRONG  %s\n", text.c_str());
        ++wrong_;
    }
    int wrong() const { return wrong_; }

private:
    int wrong_ = 0;
};

void look_at_disk(Report& report, const std::string& data_dir) {
    fs::path place = data_dir;
    while (!fs::exists(place) && place.has_relative_path()) {
        place = place.parent_path();
    }
    struct statvfs facts{};
    if (::statvfs(place.c_str(), &facts) != 0) {
        report.bad("the data directory " + data_dir + " cannot be looked at");
        return;
    }
    const std::uint64_t free_mb = facts.f_bavail * facts.f_frsize / 1'000'000;
    const std::string text = std::to_string(free_mb) + " MB free for " + data_dir;
    free_mb < least_free_mb ? report.bad(text) : report.good(text);
    const bool may_write = ::access(place.c_str(), W_OK) == 0;
    may_write ? report.good("the data directory can be written")
              : report.bad("the data directory cannot be written by this user");
}

void look_at_database(Report& report, const Settings& settings) {
    if (!settings.database_url.empty()) {
        report.good("DATABASE_URL is set: an external PostgreSQL is used");
        return;
    }
    const auto programs = db::find_postgres();
    programs
        ? report.good("PostgreSQL " + std::to_string(programs->major) + " in " + programs->folder)
        : report.bad("PostgreSQL 15 or newer is not installed, and DATABASE_URL is not set");
}

void look_at_files(Report& report, const Settings& settings) {
    if (settings.objects.bucket.empty()) {
        return;
    }
    Loops loops(1);
    loops.start();
    outbound::Outbound outbound(settings);
    const auto store = files::s3_store(settings, outbound);
    const std::string trouble = wait_for(loops.at(0), store->trouble(loops.at(0)));
    loops.stop();
    trouble.empty() ? report.good("files: the bucket " + settings.objects.bucket + " is there")
                    : report.bad("files: " + trouble);
}

}  // namespace

int examine(const Settings& settings) {
    Report report;
    std::printf("ponte %s\n", version);
    look_at_disk(report, settings.data_dir);
    look_at_database(report, settings);
    look_at_files(report, settings);
    is_timezone(settings.timezone) && is_timezone("America/Sao_Paulo")
        ? report.good("time zones are installed")
        : report.bad("time zones are missing: install tzdata");
    const bool is_new = !fs::exists(settings.data_dir + "/secrets/token.key");
    report.good(is_new ? "no data yet: the first start makes them" : "keys are in place");
    return report.wrong() == 0 ? 0 : 1;
}

}  // namespace ponte
