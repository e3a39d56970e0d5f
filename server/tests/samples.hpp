// Bodies that the API takes, made from declarations, and a company in which every table has rows:
// the rules that hold for every module are tried on them, also on modules that do not exist yet.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "kernel/testing/given.hpp"
#include "kernel/testing/server.hpp"

namespace ponte::testing {

class Samples {
public:
    // `mark` stands in every text, so that a leak of it is seen.
    Samples(Company& company, std::string mark);

    Json body(std::span<const Field> fields, std::string_view owner);
    // Of `POST /<collection>`, as its route declares it; null when there is no such route.
    Json body_to_create(const std::string& collection);
    // The id of a record of this entity, made when there is none yet.
    std::string id_of(std::string_view entity);
    // A record of every entity, an import with a rejected row, an operation, a job, a session…
    void make_everything();

    Company& company() { return company_; }
    const std::string& mark() const { return mark_; }

private:
    Json value(const Field& field, std::string_view owner);
    std::string text(const Field& field, std::string_view owner);
    std::string upload();
    std::string import_file(const std::string& csv);
    void write_a_mail();
    void import_something();
    void undo_something();
    void export_something();
    void change_in_bulk();
    void use_a_key();
    void be_notified();
    void do_its_work();

    Company& company_;
    std::string mark_;
    std::map<std::string, std::string, std::less<>> ids_;
    int number_ = 0;
};

const Route* route_of(std::string_view method, std::string_view pattern);
// What in an address is a name and no id: "/meta/{entity}" is "/meta/contact".
std::string with_names(std::string pattern);
// Of the records whose ids stand behind this word of an address.
std::string table_of(const std::string& word);

}  // namespace ponte::testing
