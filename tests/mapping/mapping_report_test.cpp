// SPDX-License-Identifier: Apache-2.0
#include "mapping/mapping_report.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "common/version.h"
#include "tests/mapping/small_networks.h"
#include "tests/support/temporary_folder.h"

namespace dwmtj {
namespace {

const auto kNetwork = network_of({{27, 16, 64}, {9, 16, 64, 16}, {1024, 10}});
const auto kMapping = map_network(kNetwork, {3, 6, 128, 128, 1});

TEST(MappingReport, Table) {
  EXPECT_EQ(mapping_text(kNetwork, kMapping),
            R"(network small on 3 cores of 6 arrays; an array is 128 x 128, a weight 1 wide

layer               matrix  windows    blocks  copies    steps       arrays utilisation  cores
layer 0            27 x 16       64     1 x 1       3       22            3       2.6 %  0
layer 1        16 of 9 x 1       64   14 in 1       3       22            6       0.4 %  0-1
layer 2          1024 x 10        1     8 x 1       1        1            8       7.8 %  1-2
total                                                       22     17 of 18       4.3 %  3 of 3
)");
}

TEST(MappingReport, LayersAsCsv) {
  EXPECT_EQ(
      layers_csv(kNetwork, kMapping),
      R"(layer,kind,groups,rows,columns,windows,groups_per_array,row_splits,column_splits,slices,copies,steps,arrays,utilisation,cores
layer 0,convolution,1,27,16,64,1,1,1,1,3,22,3,0.0263672,0
layer 1,convolution,16,9,1,64,14,1,1,1,3,22,6,0.00439453,0-1
layer 2,dense,1,1024,10,1,1,8,1,1,1,1,8,0.078125,1-2
)");
}

TEST(MappingReport, FragmentsAsCsv) {
  EXPECT_EQ(
      fragments_csv(kNetwork, kMapping),
      R"(layer,copy,core,first_array,arrays,first_block,inputs,outputs,driven_rows,read_columns,weights,utilisation
layer 0,0,0,0,1,0,27,16,27,16,432,0.0263672
layer 0,1,0,1,1,0,27,16,27,16,432,0.0263672
layer 0,2,0,2,1,0,27,16,27,16,432,0.0263672
layer 1,0,0,3,2,0,144,16,144,16,144,0.00439453
layer 1,1,1,0,2,0,144,16,144,16,144,0.00439453
layer 1,2,1,2,2,0,144,16,144,16,144,0.00439453
layer 2,0,1,4,2,0,256,10,256,20,2560,0.078125
layer 2,0,2,0,6,2,768,10,768,60,7680,0.078125
)");
}

TEST(MappingReport, CoresAreListedAsRanges) {
  auto mapping = kMapping;
  auto& fragments = mapping.layers[2].fragments;
  const auto any = fragments[0];
  fragments.clear();
  for (const int core : {9, 0, 1, 1, 3, 5, 6, 7}) {
    fragments.push_back(any);
    fragments.back().core = core;
  }
  EXPECT_NE(mapping_text(kNetwork, mapping).find(" %  0-1 3 5-7 9\n"), std::string::npos);
}

TEST(MappingReport, GridAndTotalsAsJson) {
  const auto json = nlohmann::json::parse(mapping_json(kNetwork, kMapping));
  EXPECT_EQ(json["network"], "small");
  EXPECT_EQ(json["version"], kVersion);
  EXPECT_EQ(json["cores"], 3);
  EXPECT_EQ(json["arrays"], 6);
  EXPECT_EQ(json["rows"], 128);
  EXPECT_EQ(json["columns"], 128);
  EXPECT_EQ(json["slices"], 1);
  EXPECT_EQ(json["arrays_used"], kMapping.arrays_used);
  EXPECT_EQ(json["cores_used"], kMapping.cores_used);
  EXPECT_EQ(json["steps"], kMapping.steps);
  EXPECT_EQ(json["utilisation"], kMapping.utilisation);
}

TEST(MappingReport, NamesAreQuotedAndPrintable) {
  auto network = network_of({{4, 4}});
  network.name = "a\nb\xff";
  network.layers[1].name = "/conv, \"first\"\x1b[2J";
  const auto mapping = map_network(network, {1, 1, 4, 4, 1});
  EXPECT_NE(layers_csv(network, mapping).find("\n\"/conv, \"\"first\"\"?[2J\",dense,1,4,4,"),
            std::string::npos);
  const auto text = mapping_text(network, mapping);
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.rfind("network a?b", 0), 0U);
  EXPECT_TRUE(nlohmann::json::accept(mapping_json(network, mapping)));
}

TEST(MappingReport, WritesTheFilesOfTheFigure) {
  const TemporaryFolder folder;
  write_mapping(RunFolder(folder.path()), kNetwork, kMapping);
  EXPECT_EQ(read_text(folder / "layers.csv"), layers_csv(kNetwork, kMapping));
  EXPECT_EQ(read_text(folder / "fragments.csv"), fragments_csv(kNetwork, kMapping));
  EXPECT_EQ(read_text(folder / "mapping.json"), mapping_json(kNetwork, kMapping));
}

}  // namespace
}  // namespace dwmtj
