#include <map>
#include <unordered_map>

#include "kernel/ctx.hpp"
#include "kernel/events.hpp"
#include "kernel/events/announcer.hpp"
#include "kernel/events/notice.hpp"
#include "kernel/jobs/companies.hpp"
#include "kernel/jobs/dispatcher.hpp"
#include "kernel/jobs/progress.hpp"
#include "kernel/people.hpp"
#include "kernel/services.hpp"

namespace ponte {
namespace {

constexpr const char* channel = "ponte_jobs";
constexpr std::chrono::milliseconds between_progress{250};

}  // namespace

namespace jobs {

bool ProgressThrottle::may_tell(const Id& job, bool is_last) {
    const auto at = Clock::now();
    const std::scoped_lock lock(mutex_);
    const auto [told, is_first] = told_.try_emplace(job, at);
    if (!is_first && !is_last && at - told->second < between_progress) {
        return false;
    }
    told->second = at;
    return true;
}

void ProgressThrottle::forget(const Id& job) {
    const std::scoped_lock lock(mutex_);
    told_.erase(job);
}

}  // namespace jobs

struct Jobs::Parts {
    explicit Parts(Services& services_)
        : services(services_),
          notice(services_, services_.loops.at(services_.loops.size() - 1), channel) {}

    Services& services;
    Notice notice;
    std::vector<std::unique_ptr<JobKind>> kinds;
    std::map<std::string, const JobKind*, std::less<>> by_name;
    std::unordered_map<std::type_index, const JobKind*> by_type;
    jobs::ProgressThrottle progress;
    jobs::Companies companies;
    std::shared_ptr<jobs::Dispatcher> dispatcher;  // shared with its running jobs
};

Jobs::Jobs(Services& services) : parts_(std::make_unique<Parts>(services)) {}
Jobs::~Jobs() { stop(); }

JobKind& Jobs::declare(std::string name, std::type_index args_type,
                       std::function<Task<>(Ctx&, const Json&)> run) {
    auto kind = std::make_unique<JobKind>();
    kind->name = std::move(name);
    kind->run = std::move(run);
    JobKind& declared = *kind;
    parts_->kinds.push_back(std::move(kind));
    parts_->by_name[declared.name] = &declared;
    parts_->by_type[args_type] = &declared;
    return declared;
}

std::string_view Jobs::kind_of(std::type_index args_type) const {
    const auto kind = parts_->by_type.find(args_type);
    if (kind == parts_->by_type.end()) {
        throw Error(500, "job.not_declared");
    }
    return kind->second->name;
}

const JobKind* Jobs::find(std::string_view name) const {
    const auto kind = parts_->by_name.find(name);
    return kind == parts_->by_name.end() ? nullptr : kind->second;
}

std::vector<const JobKind*> Jobs::kinds() const {
    std::vector<const JobKind*> all;
    for (const auto& kind : parts_->kinds) {
        all.push_back(kind.get());
    }
    return all;
}

Task<> Jobs::speak_for_company(Ctx& ctx) { co_await parts_->companies.speak_for(ctx); }

void Jobs::apply(const Event& event) {
    if (parts_->services.people().effect(event).on == Effect::On::company) {
        parts_->companies.forget(event.tenant);
    }
}

void Jobs::start() {
    Parts& parts = *parts_;
    auto find_kind = [this](std::string_view name) { return find(name); };
    auto on_ended = [&parts](const jobs::Taken& job) { parts.progress.forget(job.id); };
    parts.dispatcher = std::make_shared<jobs::Dispatcher>(
        parts.services, kinds(), std::move(find_kind), std::move(on_ended));
    parts.dispatcher->start();
    if (others_may_exist(parts.services.settings)) {
        Loop& loop = parts.services.loops.at(parts.services.loops.size() - 1);
        parts.services.database().listen(
            loop, channel, [worker = parts.dispatcher](std::string) { worker->wake(); });
    }
}

void Jobs::stop() {
    if (parts_->dispatcher) {
        parts_->dispatcher->stop();
        parts_->dispatcher.reset();
    }
}

void Jobs::wake() {
    if (parts_->dispatcher) {
        parts_->dispatcher->wake();
    }
    parts_->notice.send();
}

Task<> Jobs::progress(Ctx& ctx, std::int64_t done, std::int64_t total) {
    if (!ctx.job || !parts_->progress.may_tell(*ctx.job, done >= total)) {
        co_return;
    }
    constexpr const char* sql =
        "update jobs set progress_done = $2, progress_total = $3 "
        "where id = $1 and state = 'running'";
    const Id job = *ctx.job;
    const db::Scope scope{db::Role::system, {}};
    db::Params params{job, done, total};
    co_await parts_->services.database().query(ctx.loop, scope, sql, std::move(params));
    if (!ctx.who.tenant.is_nil()) {
        Json told = Json::object({{"id", job}, {"done", done}, {"total", total}});
        parts_->services.announcer().tell(ctx.who.tenant, "jobs", "job.progress", std::move(told));
    }
}

}  // namespace ponte
