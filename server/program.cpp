#include "program.hpp"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "app.hpp"
#include "demo.hpp"
#include "kernel/db/postgres_log.hpp"
#include "kernel/db/schema.hpp"
#include "kernel/http/stream.hpp"
#include "kernel/log.hpp"
#include "kernel/realtime.hpp"
#include "kernel/storage.hpp"

namespace ponte {
namespace {

constexpr int database_died = SIGUSR1;
constexpr Milliseconds grace{20'000};  // for requests under way when we are told to stop

sigset_t held_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP, database_died}) {
        sigaddset(&set, signal);
    }
    return set;
}

void tell_ready(const std::string& address) {
    std::printf("ready %s\n", address.c_str());
    std::fflush(stdout);
}

}  // namespace

void prepare_process() {
    // What people upload is nobody else's on this machine: files for us alone, directories that the
    // user of the database may pass through.
    ::umask(066);
    // A connection is a descriptor, and the usual soft limit is 1,024 of them.
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) == 0 && files.rlim_cur < files.rlim_max) {
        files.rlim_cur = files.rlim_max;
        (void)::setrlimit(RLIMIT_NOFILE, &files);
    }
}

void require_free(const Settings& settings) {
    if (settings.role != "worker") {
        Loop loop;
        http::Listener::check_free(loop, settings.listen);
    }
}

void hold_signals() {
    const sigset_t set = held_signals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    ::signal(SIGPIPE, SIG_IGN);
}

Program::Program(Settings settings) : settings_(std::move(settings)) {}

Program::~Program() {
    if (kernel_) {
        kernel_->stop();
        loops_->stop();
        kernel_.reset();
    }
    loops_.reset();
    if (postgres_) {
        postgres_->stop();
    }
}

void Program::open_database(bool may_join) {
    keys_ = auth::Keys::load_or_make(settings_.data_dir);
    const auto running = may_join ? db::running_private_postgres(settings_.data_dir) : std::nullopt;
    if (settings_.database_url.empty() && running) {
        owner_conninfo_ = *running;
    } else if (settings_.database_url.empty()) {
        db::PrivatePostgres::Options options;
        options.data_dir = settings_.data_dir;
        options.max_connections =
            std::max(options.max_connections, database_.most_connections(settings_.threads));
        options.on_death = [] { ::kill(::getpid(), database_died); };
        postgres_ = std::make_unique<db::PrivatePostgres>(std::move(options));
        owner_conninfo_ = postgres_->start();
        revival_.started(db::Revival::Clock::now());
    } else {
        owner_conninfo_ = settings_.database_url;
    }
    if (!db::drop_root(settings_.data_dir)) {
        log::warning("running as root: there is no user to become");
    }
    const db::Access access = db::prepare_database(owner_conninfo_, keys_.database_key);
    database_.conninfo =
        settings_.app_database_url.empty() ? access.conninfo : settings_.app_database_url;
    database_.reader_role = access.reader_role;
    database_.system_role = access.system_role;
}

void Program::open_app() {
    loops_ = std::make_unique<Loops>(settings_.threads);
    loops_->start();
    auto database = std::make_unique<db::Database>(*loops_, database_);
    kernel_ = std::make_unique<Kernel>(settings_, *loops_, std::move(database), keys_);
    declare_modules(kernel_->app());
}

int Program::serve() {
    kernel_->start();
    http::ServerConfig config;
    config.listen = settings_.listen;
    config.upload_dir = settings_.data_dir + "/incoming";
    config.trust_proxy = settings_.trust_proxy;
    http::Server server(*loops_, std::move(config), kernel_->http_handlers());
    if (!settings_.rate_limit) {
        log::warning("PONTE_RATE_LIMIT=off: requests are not limited; for benchmarks only");
    }
    if (settings_.demo) {
        wait_for(loop(), open_demo(services(), loop()));
    }
    const bool serves_http = settings_.role != "worker";
    if (serves_http) {
        server.start();
        tell_ready(server.address());
        if (settings_.demo) {
            print_demo_login(server.address());
        }
    } else {
        tell_ready("worker");
    }
    wait_for_the_end();
    log::info("stopping");
    if (serves_http) {
        // A long poll is a request under way for as long as nothing happens.
        services().realtime().stop();
        server.drain(grace);
    }
    kernel_->stop();
    loops_->stop();
    return 0;
}

// What ends again and again, on a full disk for instance, is left alone for longer and longer.
void Program::plan_revival() {
    const auto pause = revival_.pause(db::Revival::Clock::now());
    revive_at_ = db::Revival::Clock::now() + pause;
    const bool is_full = storage_of(settings_.data_dir).is_short();
    log::error("the database does not run; it is started again",
               {{"why", db::in_plain_words(postgres_->last_words(), is_full)},
                {"afterMs", static_cast<std::int64_t>(pause.count())}});
}

void Program::revive_database() {
    revive_at_.reset();
    try {
        postgres_->start();
        revival_.started(db::Revival::Clock::now());
        log::info("the database is back");
    } catch (const std::exception& problem) {
        log::error("the database does not start", {{"problem", problem.what()}});
        plan_revival();
    }
}

// None (0) when it is time to start the database again.
int Program::next_signal() const {
    const sigset_t set = held_signals();
    if (!revive_at_) {
        int signal = 0;
        return sigwait(&set, &signal) == 0 ? signal : 0;
    }
    const auto left = std::max(std::chrono::nanoseconds{0},
                               std::chrono::nanoseconds(*revive_at_ - db::Revival::Clock::now()));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(left);
    const timespec patience{seconds.count(), (left - seconds).count()};
    return std::max(0, ::sigtimedwait(&set, nullptr, &patience));
}

void Program::wait_for_the_end() {
    while (true) {
        const int signal = next_signal();
        if (signal == SIGTERM || signal == SIGINT || signal == SIGHUP) {
            return;
        }
        if (signal == database_died && postgres_) {
            plan_revival();
        }
        if (revive_at_ && *revive_at_ <= db::Revival::Clock::now()) {
            revive_database();
        }
    }
}

}  // namespace ponte
