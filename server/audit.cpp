#include "audit.hpp"

#include <cstdio>
#include <fstream>

#include "kernel/audit/verify.hpp"
#include "modules/accounts/accounts.hpp"

namespace ponte {
namespace {

struct Anchors {
    std::vector<audit::Anchor> good;
    int forged = 0;
};

Anchors anchors_in(const std::string& path, const std::string& secret) {
    Anchors anchors;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (auto anchor = audit::anchor_in(line, secret)) {
            anchors.good.push_back(std::move(*anchor));
        } else {
            ++anchors.forged;
        }
    }
    return anchors;
}

void print(const std::string& name, const audit::Verdict& verdict) {
    const auto entries = static_cast<long long>(verdict.entries);
    if (!verdict.fault) {
        std::printf("  ok     %s: %lld entries, verified until %s\n", name.c_str(), entries,
                    verdict.until.empty() ? "-" : verdict.until.c_str());
    } else if (*verdict.fault == audit::Fault::event_put_in) {
        std::printf("  WRONG  %s: event %s: %s\n", name.c_str(), verdict.what.c_str(),
                    audit::in_words(*verdict.fault).c_str());
    } else {
        std::printf("  WRONG  %s: entry %lld%s%s%s: %s; %lld before it are as they were\n",
                    name.c_str(), static_cast<long long>(verdict.number),
                    verdict.what.empty() ? "" : " (", verdict.what.c_str(),
                    verdict.what.empty() ? "" : ")", audit::in_words(*verdict.fault).c_str(),
                    entries);
    }
    if (verdict.dropped > 0) {
        std::printf("         %lld entries are of months that the log no longer keeps\n",
                    static_cast<long long>(verdict.dropped));
    }
    if (verdict.uncompared > 0) {
        std::printf(
            "         %lld bulks are from before a restoration: their parts were not "
            "compared\n",
            static_cast<long long>(verdict.uncompared));
    }
}

}  // namespace

int verify_audit(Program& program, const AuditQuestion& question) {
    const std::string path = question.anchors.empty()
                                 ? program.settings().data_dir + "/audit/anchors.log"
                                 : question.anchors;
    const Anchors anchors = anchors_in(path, program.services().keys.seal_key);
    Services& services = program.services();
    const auto companies = wait_for(
        program.loop(), accounts::find_companies(services, program.loop(), question.company));
    bool is_wrong = anchors.forged > 0 || companies.empty();
    if (companies.empty()) {
        std::printf("  WRONG  there is no such company\n");
    }
    if (anchors.forged > 0) {
        std::printf("  WRONG  %d lines of %s are no anchors of this installation\n", anchors.forged,
                    path.c_str());
    }
    for (const accounts::KnownCompany& company : companies) {
        const auto verdict = wait_for(
            program.loop(), audit::verify(services, program.loop(), company.id, anchors.good));
        is_wrong = is_wrong || verdict.fault.has_value();
        print(company.name, verdict);
    }
    return is_wrong ? 1 : 0;
}

}  // namespace ponte
