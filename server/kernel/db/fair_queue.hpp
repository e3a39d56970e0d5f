// What waits, a line for each company, served in turn: whatever one has piled up, another one's
// first is next. What is nobody's in particular (a nil id) is the program's own and goes first.
#pragma once

#include <deque>
#include <list>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "kernel/id.hpp"

namespace ponte::db {

// On one loop; more of one company is answered with 429.
constexpr std::size_t most_waiting = 20'000, most_waiting_of_one = 1'000;

template <class T>
class FairQueue {
public:
    // The program's own is bound by the sum alone.
    explicit FairQueue(std::size_t most_of_one = most_waiting_of_one) : most_of_one_(most_of_one) {}

    bool empty() const { return size_ == 0; }
    std::size_t size() const { return size_; }
    bool is_full() const { return size_ >= most_waiting; }
    bool is_full_for(const Id& company) const {
        const auto found = by_company_.find(company);
        return !company.is_nil() && found != by_company_.end() &&
               found->second->waiting.size() >= most_of_one_;
    }

    void push(const Id& company, T item) {
        line_of(company).waiting.push_back(std::move(item));
        ++size_;
    }
    // It had its turn in vain.
    void push_first(const Id& company, T item) {
        line_of(company).waiting.push_front(std::move(item));
        ++size_;
    }

    // Of the first company in turn that `may` have one now.
    template <class May>
    std::optional<T> next(May may) {
        for (auto line = lines_.begin(); line != lines_.end(); ++line) {
            if (may(line->company)) {
                T item = std::move(line->waiting.front());
                line->waiting.pop_front();
                --size_;
                served(line);
                return item;
            }
        }
        return {};
    }

    template <class Is>
    std::vector<T> take_those(Is is) {
        std::vector<T> taken;
        for (auto line = lines_.begin(); line != lines_.end();) {
            std::deque<T> staying;
            for (T& item : line->waiting) {
                if (is(item)) {
                    taken.push_back(std::move(item));
                } else {
                    staying.push_back(std::move(item));
                }
            }
            line->waiting = std::move(staying);
            const auto looked_at = line++;
            forget_if_empty(looked_at);
        }
        size_ -= taken.size();
        return taken;
    }

private:
    struct Line {
        Id company;
        std::deque<T> waiting;
    };
    using Place = typename std::list<Line>::iterator;

    // Who comes new stands before the one that was served last, or that one would be served twice.
    Line& line_of(const Id& company) {
        const auto found = by_company_.find(company);
        if (found != by_company_.end()) {
            return *found->second;
        }
        Place before = lines_.end();
        if (company.is_nil()) {
            before = lines_.begin();
        } else if (!lines_.empty() && last_served_ == lines_.back().company) {
            --before;
        }
        const Place line = lines_.insert(before, Line{company, {}});
        by_company_.emplace(company, line);
        return *line;
    }

    void served(Place line) {
        if (!line->company.is_nil()) {
            last_served_ = line->company;
            lines_.splice(lines_.end(), lines_, line);
        }
        forget_if_empty(line);
    }

    void forget_if_empty(Place line) {
        if (line->waiting.empty()) {
            by_company_.erase(line->company);
            lines_.erase(line);
        }
    }

    const std::size_t most_of_one_;
    std::size_t size_ = 0;
    std::list<Line> lines_;  // the next one first
    std::unordered_map<Id, Place> by_company_;
    Id last_served_;
};

}  // namespace ponte::db
