// See the header. Divisions are codes of GB/T 2260; prices are of the order of what such goods cost.
#include "tools/demo/goods.h"

#include <array>

namespace demo {
namespace {

using engine::Format;
using namespace std::chrono_literals;

constexpr engine::Money yuan(std::int64_t amount) {
  return engine::Money::fen(amount * 100);
}

constexpr std::array computers{
    Good{"台式计算机(国产处理器,16 GB 内存)", 60, yuan(288'000)},
    Good{"便携式计算机(14 英寸)", 25, yuan(147'500)},
};
constexpr std::array paper{Good{"A4 复印纸(70 g,5 包/箱)", 1'200, yuan(198'000)}};
constexpr std::array printers{
    Good{"A4 黑白激光打印机", 35, yuan(73'500)},
    Good{"A3 彩色复合机", 4, yuan(96'000)},
    Good{"高速扫描仪", 10, yuan(58'000)},
};
constexpr std::array coolers{Good{"壁挂式空调机(1.5 匹)", 48, yuan(182'400)}};
constexpr std::array furniture{
    Good{"办公桌椅(含活动柜)", 120, yuan(168'000)},
    Good{"钢制文件柜", 80, yuan(52'000)},
};
constexpr std::array projectors{Good{"教学投影仪(4,000 流明)", 20, yuan(116'000)}};
constexpr std::array switches{Good{"接入交换机(48 口)", 16, yuan(92'800)}};
constexpr std::array microscopes{Good{"生物显微镜", 30, yuan(141'000)}};

constexpr std::array panels{Good{"会议平板(86 英寸)", 8, yuan(156'000)}};
constexpr std::array supplies{
    Good{"硒鼓(适配 A4 黑白激光打印机)", 300, yuan(52'000)},
    Good{"墨盒(四色)", 200, yuan(36'000)},
};
constexpr std::array stretchers{Good{"救护担架车", 12, yuan(99'600)}};
constexpr std::array property{Good{"办公楼保洁服务(12 个月)", 1, yuan(240'000)}};

constexpr std::array furnace{Good{"陶瓷专用高温窑炉", 1, yuan(88'000)}};
constexpr std::array vehicles{Good{"新能源公务用车(紧凑型)", 2, yuan(260'000)}};
constexpr std::array cameras{Good{"执法记录仪", 60, yuan(54'000)}};
constexpr std::array archive{Good{"历史档案数字化(10 万页)", 1, yuan(76'000)}};

constexpr std::array reverse{
    Auction{"2026 年度台式与便携式计算机批量采购", "两个标段分别竞价,供货期 20 日,质保三年,送货上门并安装调试。",
            computers, Format::Reverse, 180s, 8},
    Auction{"复印纸季度集中采购", "分四批送达,每批须附检验报告。", paper, Format::Reverse, 120s, 6},
    Auction{"打印、复印、扫描设备采购", "三个标段,可投一个或多个,按标段分别成交。", printers, Format::Reverse, 180s, 7},
    Auction{"教学楼空调机采购与安装", "含安装与旧机拆除,竞价期间因现场核实暂停一次。", coolers, Format::Reverse, 120s,
            5, Fate::Paused},
    Auction{"办公家具定点采购", "环保等级不低于 E0 级,成交后提供样品。", furniture, Format::Reverse, 180s, 8},
    Auction{"多媒体教室投影仪采购", "含吊架与布线,质保两年。", projectors, Format::Reverse, 120s, 6},
    Auction{"电子政务外网接入交换机采购",
            "须支持 IPv6,提供原厂质保承诺。要求签名报价:在竞价室内生成并登记密钥即可参加。", switches, Format::Reverse,
            180s, 4, Fate::Sold, Signatures::AskedFor},
    Auction{"实验室生物显微镜采购", "含培训与三年校准服务。", microscopes, Format::Reverse, 120s, 3},
};
constexpr std::array sealed{
    Auction{"会议平板在线询价", "一次报价,截止前可修改;截止后开启。", panels, Format::Sealed, 150s, 6},
    Auction{"打印耗材在线询价", "两个标段,按标段分别成交。", supplies, Format::Sealed, 150s, 5},
    Auction{"救护担架车在线询价", "须具备医疗器械经营备案凭证。要求签名报价:在竞价室内生成并登记密钥即可参加。",
            stretchers, Format::Sealed, 150s, 4, Fate::Sold, Signatures::AskedFor},
    Auction{"办公楼保洁服务在线询价", "服务期 12 个月,按季度付款。", property, Format::Sealed, 150s, 7},
};
constexpr std::array odd{
    Auction{"陶瓷专用窑炉采购", "规格特殊,供应商少。", furnace, Format::Reverse, 30s, 3, Fate::Ignored},
    Auction{"公务用车更新采购", "采购计划有调整的,采购人可以终止。", vehicles, Format::Reverse, 120s, 5, Fate::Aborted},
    Auction{"执法记录仪采购", "成交供应商须在规定时间内确认。", cameras, Format::Reverse, 45s, 8, Fate::Declined},
    Auction{"历史档案数字化服务询价", "报价不足三家的,报价时间自动延长一次。", archive, Format::Sealed, 30s, 3,
            Fate::Thin},
};

constexpr std::array people{
    Cast{"lin.gongying", "林晓(供应)", "supplier", "杭州临江商贸有限公司(演示)", "supplier", "330100",
         Played::ByPeople},
    Cast{"zhou.caigou", "周明(采购)", "purchaser", "云溪省机关事务中心(演示)", "buyer", "330000", Played::ByPeople},
    Cast{"he.caigou", "何静(采购审批)", "purchaser", "云溪省机关事务中心(演示)", "buyer", "330000", Played::ByPeople},
    Cast{"shen.jianguan", "沈正(监管)", "regulator", "云溪省财政监督处(演示)", "regulator", "330000", Played::ByPeople},
    Cast{"lin.caigou", "林岚(采购)", "purchaser", "云溪市第一中学(演示)", "buyer", "330100"},
    Cast{"xu.caigou", "徐航(采购)", "purchaser", "云溪市中心医院(演示)", "buyer", "330100"},
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

std::span<Auction const> reverse_auctions() {
  return reverse;
}
std::span<Auction const> sealed_inquiries() {
  return sealed;
}
std::span<Auction const> odd_endings() {
  return odd;
}
std::span<Cast const> cast() {
  return people;
}

}  // namespace demo
