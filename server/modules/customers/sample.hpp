// Believable Brazilian people and companies, made up by number: the same number is always the same
// one. For the demo company, tests and the benchmark. Nobody in it exists: e-mails end in
// `.example`, documents only have right check digits.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace ponte::customers {

struct Sample {
    std::string name, email, phone, company, document;
    std::string kind, status, job_title, city, state, source;
    std::vector<std::string> tags;
    // Custom fields of the demo company.
    std::string segment, plan, founded_on;  // founded_on: "2011-03-24", of companies
    std::int64_t yearly_revenue = 0;        // in units of money; 0: unknown
};

// Phones, e-mails and documents of the first forty million numbers are all different.
Sample sample(std::uint64_t number);

// The names of the tags that samples carry, with the hue of each.
struct SampleTag {
    const char* name;
    const char* color;
};
const std::vector<SampleTag>& sample_tags();
const std::vector<std::string>& sample_segments();
const std::vector<std::string>& sample_plans();

// Numbers that look random and are always the same.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}
    std::uint64_t next();
    std::uint64_t below(std::uint64_t limit) { return next() % limit; }
    bool one_in(std::uint64_t times) { return below(times) == 0; }

private:
    std::uint64_t state_;
};

}  // namespace ponte::customers
