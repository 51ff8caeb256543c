"""Words by which a text tells of which business it speaks: of applications, of disclosure, or of another."""

from __future__ import annotations

import re

# 诉求办理结果 are of other business.
RESULTS_OF = re.compile(
    r"(?:^|[,从按在其]|申请的?|公开的?|^(?:本年|全年|今年|当年|20\d\d年)度?)(?:办理|答复|处理)(?:结果|类型|情况|方式|意见)"
)
DISCLOSURE = re.compile(
    "应公开尽公开|以公开为常态|(?:信息|政务|主动|依申请)公开(?!专?栏|专区|热线|平台|大厅|档案|事项)"
)  # 政务公开热线 is no disclosure
APPLIED_FOR = re.compile("(?:信息|政务)公开的?申请|依申请公开|申请公开")  # what a counted number must name, not to be of 政务公开热线
HEADS_APPLICATIONS = re.compile(
    r"(?:(?:20\d\d年度?|全年|本年度?|[我本](?:机关|单位|部门|街道|中心|[局委办厅会镇乡市县区])),?)*"
    r"依申请公开(?:政府信息)?(?:工作|办理)?的?(?:具体|基本|总体)?情况(?:如下)?[:。]?"
)
# Words of other business that may have applications, results or cases of its own.
BUSINESS = re.compile(
    "申请|受理|办[理结件]|处理|答复|审[批核查]|许可|登记|案|件|诉|投诉|举报|信访|咨询|工单|留言|来[信访]|建议|提案|救助|补[贴助]|仲裁|复议|执法|处罚"
    "|窗口|业务|报名|认定|鉴定|公证|援助|资格|证|热线|纠纷|调解|低保|住房|就业|奖|贷款|档案|项目"
)
REVIEWED = re.compile("主动公开|属性|审查|审核|保密|定密|公文|研判|上网|把关")
OTHERS = re.compile("各|下属|所属|下级|上级|单位|部门|全系统|系统内|[镇街乡村社县]|受理|收到|接收|转")
THIS_YEAR = re.compile(r"20\d\d|今年|本年|报告")  # 当年, 年内 behind a year are of that year
SHOWN = re.compile("许可|处罚|强制|执法|信用|公示|公布|发布|更新|上传|录入|归集|推送|报送|公开栏|如下|评查|抽查|检查")
OF_DECISIONS = re.compile("(?:执法|权力运行)(?:总体|工作)?情况")  # and not of what was published of them
ASIDE = re.compile(f"(?:复议|诉讼|执法|执法信息公示|执法公示|主动公开)方面|{OF_DECISIONS.pattern}")
