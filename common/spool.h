// SPDX-License-Identifier: Apache-2.0
// Records one behind the other, as many as wanted in the memory of a block: the rest is in a file
// of the process without a name, which goes with it. Where that has no room, memory takes them.
#pragma once

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace dwmtj {

// Appends bytes to the file of the process; where they are, or kNoRoom: the disk is full, or there
// is none.
std::uint64_t spool(const std::string& bytes);
inline constexpr std::uint64_t kNoRoom = ~std::uint64_t{0};
// `bytes.size()` of them from there. Throws InputError: they cannot be read.
void unspool(std::uint64_t offset, std::string& bytes);

// For what a record is made of.
template <typename Value>
void append_bytes(const Value& value, std::string& bytes) {
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}
template <typename Value>
void append_bytes(const std::vector<Value>& values, std::string& bytes) {
  append_bytes(static_cast<std::uint32_t>(values.size()), bytes);
  bytes.append(reinterpret_cast<const char*>(values.data()), values.size() * sizeof(Value));
}
template <typename Value>
void take_bytes(const char*& from, Value& value) {
  std::memcpy(&value, from, sizeof value);
  from += sizeof value;
}
template <typename Value>
void take_bytes(const char*& from, std::vector<Value>& values) {
  std::uint32_t size = 0;
  take_bytes(from, size);
  values.resize(size);
  if (size > 0) std::memcpy(values.data(), from, size * sizeof(Value));
  from += size * sizeof(Value);
}

// A sequence that grows at its end and is read from its beginning, any number of times. A Record
// has write_record(record, bytes) and read_record(from, record).
template <typename Record>
class Spooled {
 public:
  class Iterator;

  Spooled() = default;
  explicit Spooled(const std::vector<Record>& records) {
    for (const auto& record : records) push_back(record);
  }
  Spooled(std::initializer_list<Record> records) : Spooled(std::vector<Record>(records)) {}

  void push_back(const Record& record) {
    write_record(record, tail_);
    last_ = record;
    ++size_;
    if (tail_.size() < kBlockBytes) return;
    Block block{spool(tail_), tail_.size(), {}};
    if (block.offset == kNoRoom) block.kept = tail_;
    blocks_.push_back(std::move(block));
    tail_.clear();
  }
  void clear() { *this = Spooled(); }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] const Record& back() const { return last_; }
  [[nodiscard]] Iterator begin() const { return Iterator(*this, 0); }
  [[nodiscard]] Iterator end() const { return Iterator(*this, size_); }
  // All at once, in memory.
  [[nodiscard]] std::vector<Record> all() const { return {begin(), end()}; }

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Record;
    using difference_type = std::ptrdiff_t;
    using pointer = const Record*;
    using reference = const Record&;

    Iterator(const Spooled& records, std::size_t index) : records_(&records), index_(index) {
      if (index_ == 0 && !records.empty()) read();
    }
    reference operator*() const { return record_; }
    pointer operator->() const { return &record_; }
    Iterator& operator++() {
      if (++index_ < records_->size()) read();
      return *this;
    }
    bool operator==(const Iterator& other) const { return index_ == other.index_; }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }
    [[nodiscard]] std::size_t index() const { return index_; }

   private:
    void read() {
      if (at_ == bytes_.size()) next_block();
      const char* from = bytes_.data() + at_;
      read_record(from, record_);
      at_ = static_cast<std::size_t>(from - bytes_.data());
    }
    void next_block() {
      at_ = 0;
      if (block_ == records_->blocks_.size()) {
        bytes_ = records_->tail_;
        return;
      }
      const auto& block = records_->blocks_[block_++];
      bytes_ = block.kept;
      if (block.offset == kNoRoom) return;
      bytes_.resize(block.bytes);
      unspool(block.offset, bytes_);
    }

    const Spooled* records_;
    std::size_t index_;
    std::size_t block_ = 0;  // the next
    std::string bytes_;      // of the one before
    std::size_t at_ = 0;
    Record record_{};
  };

 private:
  struct Block {
    std::uint64_t offset = 0;
    std::size_t bytes = 0;
    std::string kept;  // in memory, where there is no room
  };
  static constexpr std::size_t kBlockBytes = 4096;

  std::vector<Block> blocks_;
  std::string tail_;  // what is in no block yet
  Record last_{};
  std::size_t size_ = 0;
};

}  // namespace dwmtj
