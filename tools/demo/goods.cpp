// See the header. Divisions are codes of GB/T 2260; prices are of the order of what such goods cost.
#include "tools/demo/goods.h"

#include <array>

namespace demo {
namespace {

using engine::Format;

constexpr engine::Money yuan(std::int64_t amount) {
  return engine::Money::fen(amount * 100);
}

constexpr std::array on_sale{
    Good{"台式计算机 60台", yuan(288'000)},
    Good{"A4 复印纸 1200箱", yuan(198'000)},
    Good{"激光打印机 35台", yuan(73'500)},
    Good{"会议平板 8套(在线询价)", yuan(156'000), Format::Sealed},
    Good{"便携式计算机 40台", yuan(236'000)},
    Good{"空调机 48台", yuan(182'400)},
    Good{"办公桌椅 120套", yuan(168'000)},
    Good{"投影仪 20台", yuan(116'000)},
    Good{"硒鼓与墨盒 一批(在线询价)", yuan(52'000), Format::Sealed},
    Good{"网络交换机 16台", yuan(92'800)},
    Good{"实验室显微镜 30台", yuan(141'000)},
    Good{"救护担架车 12台", yuan(99'600)},
};

constexpr std::array people{
    Cast{"zhou.caigou", "周明(采购)", "purchaser", "云溪省机关事务中心(演示)", "buyer", "330000"},
    Cast{"lin.caigou", "林岚(采购)", "purchaser", "云溪市第一中学(演示)", "buyer", "330100"},
    Cast{"xu.caigou", "徐航(采购)", "purchaser", "云溪市中心医院(演示)", "buyer", "330100"},
    Cast{"shen.jianguan", "沈正(监管)", "regulator", "云溪省财政监督处(演示)", "regulator", "330000"},
    Cast{"supplier.1", "陈一", "supplier", "望江办公设备有限公司(演示)", "supplier", "330100"},
    Cast{"supplier.2", "钱二", "supplier", "青桐信息技术有限公司(演示)", "supplier", "330100"},
    Cast{"supplier.3", "孙三", "supplier", "四明纸业商贸有限公司(演示)", "supplier", "330200"},
    Cast{"supplier.4", "李四", "supplier", "南浦数码科技有限公司(演示)", "supplier", "330300"},
    Cast{"supplier.5", "吴五", "supplier", "鉴湖家具制造有限公司(演示)", "supplier", "330600"},
    Cast{"supplier.6", "郑六", "supplier", "太湖机电设备有限公司(演示)", "supplier", "330500"},
    Cast{"supplier.7", "王七", "supplier", "嘉禾教学仪器有限公司(演示)", "supplier", "330400"},
    Cast{"supplier.8", "冯八", "supplier", "海门医疗器械有限公司(演示)", "supplier", "331000"},
};

}  // namespace

std::span<Good const> goods() {
  return on_sale;
}
std::span<Cast const> cast() {
  return people;
}

}  // namespace demo
